// Package jobs runs planned work: each job once for each planned instant, with
// one instance or several, and made up after a stop.
//
// gocron wakes the runner; it does not decide. What decides is the ledger: one
// row for each job and planned instant (UTC), inserted under a key of both. A
// row is worked on under a lease with a fence, so that a run that was taken
// over cannot write its outcome over that of its successor. After a stop, and
// when the demo moves the clock, the latest missed instant is run, once: a job
// is a function of the instant and does all that was due by then.
//
// Instants are planned on the consultation's clock; leases run on the real one.
//
// Kinds stored:
//   - job_run: a row of the ledger; id is job/instant. Keys: job, at.
//
// It imports store (the port), internal/fault and internal/clock, and is the
// only package that knows gocron.
package jobs
