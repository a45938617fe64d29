-- What the antivirus says of each file, and complements to an earlier referral.
alter table attachment add column scan text not null default 'pending';   -- pending, clean, infected, unscanned
alter table referral add column parent_id text references referral (id);  -- the referral that a complement completes
alter table referral add column complement_token_hash blob;               -- opens the page of the complements
create unique index referral_complement on referral (complement_token_hash);
create index referral_parent on referral (parent_id);
