-- What waits is found without a walk through all that was sent.
create index delivery_waiting on delivery (id, state, next_at, lease_until) where state <> 'sent';
