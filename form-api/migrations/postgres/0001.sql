-- The same tables as in SQLite. Times are milliseconds since 1970, UTC.
create table referral (
    id                    text primary key,
    reference             text not null unique,
    idem_key              text not null unique,
    content_hash          bytea not null,
    departement           text not null,
    received_at           bigint not null,
    key_id                text not null,
    fields_sealed         bytea not null,
    receipt_token_hash    bytea not null unique,
    ack_token_hash        bytea not null unique,
    acked_at              bigint,
    parent_id             text references referral (id),
    complement_token_hash bytea unique
);
create index referral_parent on referral (parent_id);

create table attachment (
    referral_id text not null references referral (id),
    n           bigint not null,
    size        bigint not null,
    key_id      text not null,
    body_sealed bytea not null,
    scan        text not null default 'pending',
    primary key (referral_id, n)
);

create table delivery (
    id          bigint generated always as identity primary key,
    referral_id text not null references referral (id),
    kind        text not null,
    part        bigint not null,
    parts       bigint not null,
    message_id  text not null unique,
    key_id      text,
    mime_sealed bytea,
    state       text not null,
    attempts    bigint not null default 0,
    next_at     bigint not null,
    lease_until bigint,
    lease_token text,
    last_class  text,
    last_code   bigint,
    relay_id    text,
    created_at  bigint not null,
    sent_at     bigint
);
create index delivery_due on delivery (state, next_at);
create index delivery_referral on delivery (referral_id);

create table counter (
    departement text not null,
    year        bigint not null,
    n           bigint not null,
    primary key (departement, year)
);

create table ledger (
    id        bigint generated always as identity primary key,
    reference text not null,
    event     text not null,
    at        bigint not null,
    detail    text not null
);
create index ledger_reference on ledger (reference);

create table rate_receipt (
    address_mac bytea not null,
    day         bigint not null,
    n           bigint not null,
    primary key (address_mac, day)
);

-- Messages to the team.
create table message (
    nonce       text primary key,
    at          bigint not null,
    key_id      text,
    sealed      bytea,
    tries       bigint not null default 0,
    next_at     bigint not null,
    lease_until bigint not null default 0
);
create index message_due on message (next_at) where sealed is not null;
