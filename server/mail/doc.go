// Package mail sends what internal/outbox holds.
//
// A mail says of what sort it is and where to read on, never what it is about:
// subject and sentence are fixed for each kind (the table in kinds.go), and the
// link leads to a page behind sign-in. It is plain text only.
//
// A mail stays in the queue until the server took it or refused it for good.
// It can be sent twice only when we die between the server's 250 and our own
// write, and then with the same Message-ID.
//
// Without a mail server nothing is claimed: the mails wait, and the
// administrator's page says why.
//
// The package stores nothing itself and imports internal/outbox and
// internal/fault.
package mail
