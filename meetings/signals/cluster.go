package signals

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// clusterDoc is a heading over contributions, which point at it and stay as
// they are. Which ones belong to it is decided on each contribution.
type clusterDoc struct {
	store.Meta
	Heading string         `json:"heading"`
	At      time.Time      `json:"at"`
	By      string         `json:"by"`
	Undone  time.Time      `json:"undone,omitzero"`
	Log     []clusterEntry `json:"log,omitempty"`
	Events  outbox.Log     `json:"events,omitempty"`
}

// clusterEntry is a line of a cluster's log; Event keeps it from standing there
// twice.
type clusterEntry struct {
	Entry
	Event string `json:"event,omitempty"`
}

func clusterSpec() store.Spec[clusterDoc] {
	return store.Spec[clusterDoc]{
		Name:   "contribution_cluster",
		Orders: []store.Order{{"open", "day"}, {"todo"}},
		Meta:   func(c *clusterDoc) *store.Meta { return &c.Meta },
		Keys: func(c *clusterDoc) store.Keys {
			keys := store.Keys{"day": {dayKey(c.At)}, "todo": c.Events.Todo()}
			if c.Undone.IsZero() {
				keys["open"] = []string{"1"}
			}
			return keys
		},
		Row: func(c *clusterDoc) any { return clusterRow{Heading: c.Heading, Day: dayOf(c.At)} },
	}
}

type clusterRow struct {
	Heading string    `json:"heading"`
	Day     time.Time `json:"day"`
}

// Cluster is a cluster as a viewer may see it: colleagues see the contributions
// they may read, and no trace of others.
type Cluster struct {
	ID            string
	Heading       string
	Day           time.Time
	Contributions []string  // ids, by title
	Briefs        []Brief   // the same, with titles
	Support       string    // the sentence about who recognises this
	Exact         *Basis    // for the chair only: every organisation and region behind it
	Log           []LogLine // for the chair only
}

// ClusterItem is a line in the list of clusters.
type ClusterItem struct {
	ID, Heading   string
	Day           time.Time
	Contributions int // that the viewer may read
}

// clusterData goes with the events of joining and leaving.
type clusterData struct {
	Cluster string `json:"cluster"`
	By      string `json:"by"`
}

// MakeCluster puts contributions together under a heading; for the chair. A
// contribution that is in another cluster already is a conflict. chosen are
// reasons by the key of a find in the heading.
func (b *Book) MakeCluster(ctx context.Context, v people.Viewer, heading string, ids []string, chosen map[string]string) (string, error) {
	if err := people.Allow(v, "cluster", people.Create); err != nil {
		return "", err
	}
	heading, err := b.checkHeading(heading, chosen)
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		var f fault.Form
		f.Add("inbreng", "Kies ten minste één inbreng.")
		return "", f.Err("Het cluster is nog niet bewaard")
	}
	if err := b.clusterable(ctx, ids, ""); err != nil {
		return "", err
	}
	now := b.now()
	doc := &clusterDoc{Heading: heading, At: now, By: v.Account, Log: []clusterEntry{{Entry: Entry{At: now, By: v.Account, What: "gemaakt"}}}}
	if err := b.clusters.Insert(ctx, doc); err != nil {
		return "", err
	}
	return doc.ID, b.Join(ctx, v, doc.ID, ids)
}

func (b *Book) checkHeading(heading string, chosen map[string]string) (string, error) {
	heading = strings.Join(strings.Fields(heading), " ")
	var f fault.Form
	f.Require(heading != "", FieldHeading, "Geef een kop.")
	f.Require(utf8.RuneCountInString(heading) <= maxTitle, FieldHeading, "Maak de kop korter: ten hoogste 200 tekens.")
	b.Screen(chosen, Text{Field: FieldHeading, Text: heading}).complain(&f)
	return heading, f.Err("Het cluster is nog niet bewaard")
}

// clusterable refuses what cannot be put into the cluster.
func (b *Book) clusterable(ctx context.Context, ids []string, cluster string) error {
	all, err := b.contributions.GetMany(ctx, distinct(ids))
	if err != nil {
		return err
	}
	if len(all) != len(distinct(ids)) {
		return fault.NotFoundError()
	}
	for _, c := range all {
		if err := b.joinable(ctx, c, cluster); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) joinable(ctx context.Context, c *Contribution, cluster string) error {
	if !c.live() {
		return fault.New(fault.Conflict, "Een inbreng die u koos, doet niet meer mee.")
	}
	if c.Cluster == "" || c.Cluster == cluster {
		return nil
	}
	other, err := b.clusters.Get(ctx, c.Cluster)
	if err != nil {
		return err
	}
	if !other.Undone.IsZero() {
		return nil
	}
	return fault.New(fault.Conflict, "Een inbreng die u koos, staat al in een ander cluster.")
}

// Join puts contributions into the cluster; for the chair. Every author is told.
func (b *Book) Join(ctx context.Context, v people.Viewer, cluster string, ids []string) error {
	if _, err := b.openCluster(ctx, v, cluster, people.Update); err != nil {
		return err
	}
	for _, id := range distinct(ids) {
		_, err := b.contributions.Update(ctx, id, func(c *Contribution) error {
			if err := b.joinable(ctx, c, cluster); err != nil {
				return err
			}
			if c.Cluster == cluster {
				return errUnchanged
			}
			c.Cluster = cluster
			c.Events.Add(evClustered, b.now(), clusterData{Cluster: cluster, By: v.Account})
			return nil
		})
		if err != nil {
			return found(err)
		}
	}
	b.wake()
	return nil
}

// Leave takes a contribution out of the cluster; for the chair.
func (b *Book) Leave(ctx context.Context, v people.Viewer, cluster, id string) error {
	if _, err := b.openCluster(ctx, v, cluster, people.Update); err != nil {
		return err
	}
	_, err := b.contributions.Update(ctx, id, func(c *Contribution) error {
		if c.Cluster != cluster {
			return errUnchanged
		}
		c.leaveCluster(b.now(), v.Account)
		return nil
	})
	b.wake()
	return found(err)
}

// leaveCluster is what leaving, withdrawing and removing do.
func (c *Contribution) leaveCluster(at time.Time, by string) {
	if c.Cluster == "" {
		return
	}
	c.Events.Add(evUnclustered, at, clusterData{Cluster: c.Cluster, By: by})
	c.Cluster = ""
}

// RenameCluster changes the heading; for the chair.
func (b *Book) RenameCluster(ctx context.Context, v people.Viewer, id, heading string, chosen map[string]string) error {
	if _, err := b.openCluster(ctx, v, id, people.Update); err != nil {
		return err
	}
	heading, err := b.checkHeading(heading, chosen)
	if err != nil {
		return err
	}
	_, err = b.clusters.Update(ctx, id, func(c *clusterDoc) error {
		if c.Heading == heading {
			return errUnchanged
		}
		c.Heading = heading
		c.note(Entry{At: b.now(), By: v.Account, What: "kop veranderd"}, "")
		return nil
	})
	return found(err)
}

// Undo takes the cluster away without a trace on the contributions; for the
// chair. The log stays.
func (b *Book) Undo(ctx context.Context, v people.Viewer, id string) error {
	if _, err := b.openCluster(ctx, v, id, people.Act); err != nil {
		return err
	}
	_, err := b.clusters.Update(ctx, id, func(c *clusterDoc) error {
		if !c.Undone.IsZero() {
			return errUnchanged
		}
		c.Undone = b.now()
		c.note(Entry{At: c.Undone, By: v.Account, What: "opgeheven"}, "")
		c.Events.Add(evUndone, c.Undone, nil)
		return nil
	})
	if err != nil {
		return found(err)
	}
	b.wake()
	return b.releaseAll(ctx, id)
}

// releaseAll frees the contributions of a cluster that was undone. Twice is
// harmless.
func (b *Book) releaseAll(ctx context.Context, cluster string) error {
	rows, err := b.inCluster(ctx, groupedAll, cluster)
	if err != nil {
		return err
	}
	for _, r := range rows {
		_, err := b.contributions.Update(ctx, r.ID, func(c *Contribution) error {
			if c.Cluster != cluster {
				return errUnchanged
			}
			c.Cluster = ""
			return nil
		})
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	return nil
}

// logClustered writes joining and leaving into the cluster's log, once.
func (b *Book) logClustered(ctx context.Context, doc string, e outbox.Event) error {
	var data clusterData
	if err := e.Decode(&data); err != nil {
		return err
	}
	what := map[string]string{evClustered: "inbreng toegevoegd", evUnclustered: "inbreng eruit"}[e.Kind]
	_, err := b.clusters.Update(ctx, data.Cluster, func(c *clusterDoc) error {
		if slices.ContainsFunc(c.Log, func(l clusterEntry) bool { return l.Event == e.ID }) {
			return errUnchanged
		}
		c.note(Entry{At: e.At, By: data.By, What: what, About: doc}, e.ID)
		return nil
	})
	return err
}

func (c *clusterDoc) note(e Entry, event string) {
	c.Log = append(c.Log, clusterEntry{Entry: e, Event: event})
}

// openCluster gives a cluster that was not undone.
func (b *Book) openCluster(ctx context.Context, v people.Viewer, id string, verb people.Verb) (*clusterDoc, error) {
	doc, err := b.clusters.Get(ctx, id)
	if err != nil {
		return nil, found(err)
	}
	if err := people.Allow(v, "cluster", verb); err != nil {
		return nil, err
	}
	if !doc.Undone.IsZero() {
		return nil, fault.NotFoundError()
	}
	return doc, nil
}

// seesAll tells that the viewer reads what colleagues do not.
func seesAll(v people.Viewer) bool {
	return people.May(v.ActiveRole(), "contrib.sub.other.closed", people.Read)
}

func (b *Book) inCluster(ctx context.Context, group, cluster string) ([]store.Listed[row], error) {
	var all []store.Listed[row]
	q := store.Query{Order: store.Order{"grouped", "cluster"}, Equal: []string{group, cluster}}
	for {
		rows, next, err := store.Rows[row](ctx, b.contributions, q)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

// ClusterFor gives the cluster with this id. For a colleague a cluster without
// a contribution that colleagues may read does not exist.
func (b *Book) ClusterFor(ctx context.Context, v people.Viewer, id string) (*Cluster, error) {
	doc, err := b.openCluster(ctx, v, id, people.Read)
	if err != nil {
		return nil, err
	}
	group := groupedShown
	if seesAll(v) {
		group = groupedAll
	}
	rows, err := b.inCluster(ctx, group, id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 && group == groupedShown {
		return nil, fault.NotFoundError()
	}
	slices.SortFunc(rows, func(x, y store.Listed[row]) int { return strings.Compare(x.Row.Title, y.Row.Title) })
	c := &Cluster{ID: id, Heading: doc.Heading, Day: dayOf(doc.At)}
	for _, r := range rows {
		c.Contributions = append(c.Contributions, r.ID)
		c.Briefs = append(c.Briefs, briefOf(r.ID, r.Row))
	}
	return c, b.fillCluster(ctx, v, c, doc)
}

func (b *Book) fillCluster(ctx context.Context, v people.Viewer, c *Cluster, doc *clusterDoc) error {
	all, err := b.contributions.GetMany(ctx, c.Contributions)
	if err != nil {
		return err
	}
	basis := basisOf(all, (*Contribution).live)
	supporters := len(all) - 1 // two contributions recognise each other
	for _, one := range all {
		supporters += len(one.Support)
	}
	c.Support = supportSentence(len(basis.Organisations), len(basis.Regions), supporters)
	if !seesAll(v) {
		return nil
	}
	c.Exact = &basis
	entries := make([]Entry, len(doc.Log))
	for i, l := range doc.Log {
		entries[i] = l.Entry
	}
	c.Log, err = b.logLines(ctx, entries)
	return err
}

// Clusters lists the clusters, newest first; after is the cursor of the page
// before. Colleagues see those with a contribution that they may read.
func (b *Book) Clusters(ctx context.Context, v people.Viewer, after string) (items []ClusterItem, next string, err error) {
	if err := people.Allow(v, "cluster", people.List); err != nil {
		return nil, "", err
	}
	rows, next, err := store.Rows[clusterRow](ctx, b.clusters, store.Query{
		Order: store.Order{"open", "day"}, Equal: []string{"1"}, Desc: true, Limit: pageSize, After: after,
	})
	if err != nil {
		return nil, "", badCursor(err)
	}
	counts, err := b.clusterCounts(ctx, v)
	if err != nil {
		return nil, "", err
	}
	for _, r := range rows {
		n := counts[r.ID]
		if n == 0 && !seesAll(v) {
			continue
		}
		items = append(items, ClusterItem{ID: r.ID, Heading: r.Row.Heading, Day: r.Row.Day, Contributions: n})
	}
	return items, next, nil
}

func (b *Book) clusterCounts(ctx context.Context, v people.Viewer) (map[string]int, error) {
	group := groupedShown
	if seesAll(v) {
		group = groupedAll
	}
	cells, err := b.contributions.Tally(ctx, store.Query{Order: store.Order{"grouped", "cluster"}, Equal: []string{group}}, "cluster")
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, cell := range cells {
		counts[cell.Values[0]] = cell.N
	}
	return counts, nil
}
