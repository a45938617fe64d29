-- Files and rendered messages in sealed chunks: none is ever whole in memory. What was stored whole is one chunk.
create table chunk (
    referral_id text not null references referral (id),
    content     text not null,
    k           bigint not null,
    key_id      text not null,
    sealed      bytea not null,
    primary key (referral_id, content, k)
);
insert into chunk select referral_id, 'file:' || n, 0, key_id, body_sealed from attachment;
insert into chunk select referral_id, 'mime:' || message_id, 0, key_id, mime_sealed from delivery
    where mime_sealed is not null;
alter table attachment drop column key_id, drop column body_sealed;
alter table delivery drop column key_id, drop column mime_sealed;
