package bundles

import (
	"context"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// Candidates is what can become a point: clusters and contributions that are in
// no bundle yet, those of withdrawn bundles included.
type Candidates struct {
	Clusters []ClusterCandidate
	Loose    []Candidate // in no cluster
	Closed   []Candidate // for «Alleen CoMensha», whose author has not said yes
}

// ClusterCandidate is a cluster with contributions that may still become a point.
type ClusterCandidate struct {
	ID            string
	Heading       string
	Contributions int // that may go further and are in no bundle
}

// Candidate is a contribution that may become a point.
type Candidate struct {
	ID       string
	Title    string
	Theme    string
	Day      Day
	InPeriod bool // of the bundle
	Asked    bool // «Mag dit verder dan u koos?» waits for an answer, or was answered with no
	Refused  bool
}

// Candidates gives what can become a point of a draft. For the chair.
func (d *Desk) Candidates(ctx context.Context, v people.Viewer, number string) (*Candidates, error) {
	if err := people.Allow(v, "comp.draft", people.Update); err != nil {
		return nil, err
	}
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, err
	}
	if !b.editable() {
		return nil, errFrozen()
	}
	used, err := d.used(ctx)
	if err != nil {
		return nil, err
	}
	c := &Candidates{}
	if c.Clusters, err = d.clusterCandidates(ctx, v, used); err != nil {
		return nil, err
	}
	return c, d.addLoose(ctx, v, b, used, c)
}

// used are the contributions in points of bundles that were not withdrawn.
func (d *Desk) used(ctx context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	for _, s := range []State{Draft, Offered, Approved, Frozen, Sent} {
		all, err := d.inState(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, b := range all {
			for _, id := range b.sources() {
				used[id] = true
			}
		}
	}
	return used, nil
}

func (d *Desk) clusterCandidates(ctx context.Context, v people.Viewer, used map[string]bool) ([]ClusterCandidate, error) {
	var all []ClusterCandidate
	after := ""
	for {
		items, next, err := d.book.Clusters(ctx, v, after)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			c, err := d.book.ClusterFor(ctx, v, item.ID)
			if err != nil {
				return nil, err
			}
			fresh := slices.DeleteFunc(slices.Clone(c.Contributions), func(id string) bool { return used[id] })
			may, err := d.mayGo(ctx, fresh)
			if err != nil {
				return nil, err
			}
			if len(may) > 0 {
				all = append(all, ClusterCandidate{ID: c.ID, Heading: c.Heading, Contributions: len(may)})
			}
		}
		if next == "" {
			return all, nil
		}
		after = next
	}
}

// looseMost is how many contributions are looked through, the newest first.
const looseMost = 200

func (d *Desk) addLoose(ctx context.Context, v people.Viewer, b *Bundle, used map[string]bool, c *Candidates) error {
	list, err := d.book.List(ctx, v, signals.Filter{Scope: signals.Everything, Limit: looseMost})
	if err != nil {
		return err
	}
	var ids []string
	for _, item := range list.Items {
		ids = append(ids, item.ID)
	}
	may, err := d.mayGo(ctx, ids)
	if err != nil {
		return err
	}
	for _, item := range list.Items {
		if used[item.ID] {
			continue
		}
		day := DayOf(item.Day)
		one := Candidate{ID: item.ID, Title: item.Title, Theme: item.Theme, Day: day, InPeriod: b.From <= day && day <= b.To}
		switch {
		case slices.Contains(may, item.ID) && item.Cluster == "":
			c.Loose = append(c.Loose, one)
		case !slices.Contains(may, item.ID) && item.Closed:
			if err := d.addClosed(ctx, v, one, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Desk) addClosed(ctx context.Context, v people.Viewer, one Candidate, c *Candidates) error {
	view, err := d.book.Show(ctx, v, one.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if view.Status.Status == signals.Withdrawn || view.Status.Status == signals.TakenAway || view.Status.Status == signals.SentBack {
		return nil
	}
	if view.Further != nil {
		one.Asked, one.Refused = true, !view.Further.Answered.IsZero() && !view.Further.Yes
	}
	c.Closed = append(c.Closed, one)
	return nil
}

// AskFurther asks the author of a contribution for «Alleen CoMensha» whether it
// may go into this bundle. For the chair.
func (d *Desk) AskFurther(ctx context.Context, v people.Viewer, number, contribution string) error {
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return err
	}
	if err := people.Allow(v, "comp.quoteconsent", people.Create); err != nil {
		return err
	}
	if !b.editable() {
		return errFrozen()
	}
	return d.book.AskFurther(ctx, v, contribution, b.Number)
}
