// Package people knows who uses the product and what each of them may do:
// accounts and their roles, organisations and regions, invitations, passwords
// and second factors, sessions, the inbox, and the policy that every domain
// function asks first.
//
// It stores the kinds account, account_mail, organisation, region, session,
// attempt, first_token, notice and security_event. An account keeps its own
// secrets in the same document, so that using an invitation, a one-time code or
// a password is one conditional write; no function hands the secrets out. Of
// tokens (sessions, invitations) only the SHA-256 is stored.
//
// Everything here runs on the real clock; only a notice carries an instant of
// the consultation, given by the caller. It imports the store port and
// internal/{clock,fault,outbox}, never an adapter.
package people
