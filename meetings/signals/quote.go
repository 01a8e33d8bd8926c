package signals

import (
	"context"

	"ruggespraak/internal/guard"
	"ruggespraak/store"
)

// Unquotable gives the runs of words of every text that was ever submitted and
// whose author did not allow quoting, withdrawn ones too; what was removed for
// good is not known any more. For the check on what leaves.
func (b *Book) Unquotable(ctx context.Context) (*guard.Runs, error) {
	runs := guard.NewRuns()
	q := store.Query{}
	for {
		page, next, err := b.contributions.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			if c.Quote {
				continue
			}
			for _, text := range []string{c.Title, c.Text, c.Extra.Help} {
				runs.Add(c.ID, text)
			}
		}
		if next == "" {
			return runs, nil
		}
		q.After = next
	}
}
