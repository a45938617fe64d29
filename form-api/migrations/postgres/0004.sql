-- The same answers sent again from a page that was read again are found without a walk.
create index referral_content on referral (content_hash, received_at) where parent_id is null;
