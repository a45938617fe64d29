-- Referrals, their files, the messages to send, and a ledger without personal data.
create table referral (
    id                 text primary key,
    reference          text not null unique,
    idem_key           text not null unique,
    content_hash       blob not null,
    departement        text not null,
    received_at        integer not null,          -- milliseconds since 1970, UTC
    key_id             text not null,
    fields_sealed      blob not null,
    receipt_token_hash blob not null unique,
    ack_token_hash     blob not null unique,
    acked_at           integer
) strict;

create table attachment (
    referral_id text not null references referral (id),
    n           integer not null,
    size        integer not null,
    key_id      text not null,
    body_sealed blob not null,
    primary key (referral_id, n)
) strict, without rowid;

create table delivery (
    id          integer primary key,
    referral_id text not null references referral (id),
    kind        text not null,                    -- cdc, receipt, notice
    part        integer not null,
    parts       integer not null,
    message_id  text not null unique,
    key_id      text,
    mime_sealed blob,
    state       text not null,                    -- ready, sending, held, sent
    attempts    integer not null default 0,
    next_at     integer not null,                 -- milliseconds since 1970, UTC
    lease_until integer,                          -- milliseconds since 1970, UTC
    lease_token text,
    last_class  text,
    last_code   integer,
    relay_id    text,
    created_at  integer not null,
    sent_at     integer
) strict;
create index delivery_due on delivery (state, next_at);

create table counter (
    departement text not null,
    year        integer not null,
    n           integer not null,
    primary key (departement, year)
) strict, without rowid;

create table ledger (
    reference text not null,
    event     text not null,
    at        integer not null,
    detail    text not null
) strict;

create table rate_receipt (
    address_mac blob not null,
    day         integer not null,
    n           integer not null,
    primary key (address_mac, day)
) strict, without rowid;
