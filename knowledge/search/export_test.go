package search

import "context"

// Tend is one round of Run.
func (f *Finder) Tend(ctx context.Context) error { return f.tend(ctx) }
