// Package history proves what live discussion promises, on the product as it is
// served: two instances on one store, sixty browsers that talk, leave and
// return, and faults between and in all of them. Everything that is sent and
// received is recorded with its time, and a checker reads the record
// afterwards. The promises are:
//
//   - what was acknowledged has one number, and the same key the same number;
//   - whoever is there or comes back sees 1..n, without a hole or a repeat, and
//     everybody of an audience the same bytes, but for what was taken away;
//   - what was said after something was acknowledged has a higher number;
//   - nobody gets anything outside the time in which they may;
//   - a text that was taken away reaches nobody who asks after that;
//   - what a browser shows in the end is what one shows that begins anew.
//
// The checker is only worth what it finds: six faults are planted in the
// program, one at a time, and each must be found.
//
// The package has tests alone, which «make test-live» and «make bewijs-live»
// run. They may import everything.
package history
