package app

import (
	"ruggespraak/internal/textindex"
	"ruggespraak/meetings/signals"
)

// openIndex opens the text indexes, one an audience: what somebody may not read
// has no part in what they find.
func (a *App) openIndex() (signals.Indexes, error) {
	var all signals.Indexes
	for _, one := range []struct {
		audience string
		to       **textindex.Index
	}{{"leden", &all.Members}, {"voorzitter", &all.Chair}} {
		x, err := textindex.Open(a.indexFolder(one.audience))
		if err != nil {
			return signals.Indexes{}, err
		}
		a.closers = append(a.closers, x.Close)
		*one.to = x
	}
	return all, nil
}
