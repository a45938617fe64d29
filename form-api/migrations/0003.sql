-- What an operator asks of a whole case: its journal by reference, and what is still sealed by which key.
create index ledger_reference on ledger (reference);
create index delivery_referral on delivery (referral_id);
