package history

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unique"

	"golang.org/x/net/html"

	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// lease is how long at most a right is believed that was asked for (server/live).
const lease = 5 * time.Second

// check reads the record of a history and tells what the product promised and
// did not do.
func check(r *run) []string {
	c := &checker{run: r, wrong: slices.Clone(r.wrong)}
	c.acknowledged()
	c.ordered()
	c.sequences()
	c.sameBytes()
	c.rights()
	c.takenAway()
	c.anew()
	return c.wrong
}

type checker struct {
	*run
	wrong []string
	said  map[string]int // how often a kind of thing was wrong
}

func (c *checker) bad(kind, format string, args ...any) {
	if c.said == nil {
		c.said = map[string]int{}
	}
	if c.said[kind]++; c.said[kind] <= 3 {
		c.wrong = append(c.wrong, fmt.Sprintf("%.600s", kind+": "+fmt.Sprintf(format, args...)))
	}
}

// acknowledged: what was acknowledged is stored once, under the one number that
// was told; nothing is stored that nobody said.
func (c *checker) acknowledged() {
	holds := map[int][]string{} // tokens of the entry
	for i, e := range c.truth {
		if e.N != i+1 {
			c.bad("numbers", "entry %d of the store has number %d", i+1, e.N)
		}
	}
	byToken := map[string][]int{}
	for _, e := range c.truth {
		for _, word := range strings.FieldsFunc(e.Text, func(r rune) bool { return r < 'a' || r > 'z' }) {
			if strings.HasPrefix(word, "kanarie") {
				byToken[word] = append(byToken[word], e.N)
				holds[e.N] = append(holds[e.N], word)
			}
		}
	}
	said := 0
	for _, m := range c.messages {
		for _, n := range m.numbers {
			if n != m.numbers[0] {
				c.bad("key", "one key was given the numbers %v", m.numbers)
			}
		}
		stored := byToken[m.token]
		if len(stored) > 1 {
			c.bad("once", "a message is stored under %v", stored)
		}
		if len(m.numbers) == 0 {
			continue
		}
		said++
		n := m.numbers[0]
		switch {
		case n > len(c.truth) || c.truth[n-1].What != discussion.Said || c.truth[n-1].By != c.who(m.by).account:
			c.bad("acknowledged", "message %d of browser %d is not in the store", n, m.by)
		case !m.touched && m.token != "" && len(stored) == 0 && !strings.Contains(c.truth[n-1].Text, "Tot slot"):
			c.bad("acknowledged", "the text of message %d is not in the store", n)
		}
	}
	stored := 0
	for _, e := range c.truth {
		if e.What == discussion.Said {
			stored++
		}
	}
	if stored > len(c.messages) || said > stored {
		c.bad("once", "%d messages are stored; %d were said and %d acknowledged", stored, len(c.messages), said)
	}
}

func (c *checker) who(index int) person {
	if index == len(c.stage.people) {
		return c.stage.admin
	}
	return c.stage.people[index]
}

// ordered: what was begun after something was acknowledged has a higher number.
func (c *checker) ordered() {
	type moment struct {
		at    time.Duration
		n     int
		acked bool
	}
	var all []moment
	for _, m := range c.messages {
		if len(m.numbers) > 0 {
			all = append(all, moment{m.began, m.numbers[0], false}, moment{m.acked, m.numbers[0], true})
		}
	}
	slices.SortFunc(all, func(x, y moment) int { return int(x.at - y.at) })
	highest := 0
	for _, m := range all {
		if m.acked {
			highest = max(highest, m.n)
		} else if m.n <= highest {
			c.bad("order", "number %d was begun after %d was acknowledged", m.n, highest)
		}
	}
}

// sequences: what answers one question follows on without a hole or a repeat.
func (c *checker) sequences() {
	next := map[int]int{}
	for i, a := range c.asks {
		next[i] = a.after + 1
	}
	for _, g := range c.gets {
		if g.n != next[g.ask] {
			c.bad("sequence", "browser %d asked after %d (socket: %t) and got %d where %d comes", c.asks[g.ask].by, c.asks[g.ask].after, c.asks[g.ask].socket, g.n, next[g.ask])
		}
		next[g.ask] = g.n + 1
	}
}

// sameBytes: an entry is the same to everybody of an audience, if its message
// never changed.
func (c *checker) sameBytes() {
	changed := map[int]bool{}
	for _, e := range c.truth {
		if e.What == discussion.Changed {
			changed[e.About] = true
		}
	}
	type key struct {
		role people.Role
		n    int
	}
	seen := map[key]unique.Handle[string]{}
	for _, g := range c.gets {
		if changed[g.over] {
			continue
		}
		k := key{c.who(c.asks[g.ask].by).role, g.n}
		if before, ok := seen[k]; ok && before != g.html {
			c.bad("bytes", "entry %d came to a %s as %q and as %q", g.n, k.role, before.Value(), g.html.Value())
		}
		seen[k] = g.html
	}
}

// rights: who asks after a right ended gets nothing, and who listens gets
// nothing that was said after the lease.
func (c *checker) rights() {
	began := map[int]time.Duration{}
	for _, m := range c.messages {
		if len(m.numbers) > 0 {
			began[m.numbers[0]] = m.began
		}
	}
	for _, g := range c.gets {
		a := c.asks[g.ask]
		end, ended := c.ended[a.by]
		if !ended {
			continue
		}
		if a.at > end {
			c.bad("rights", "browser %d asked after its right had ended and got %d", a.by, g.n)
		}
		if b, said := began[g.n]; said && b > end+lease {
			c.bad("rights", "browser %d got %d, which was said %v after its right had ended", a.by, g.n, b-end)
		}
		if b, said := began[g.n]; said {
			c.late = max(c.late, b-end)
		}
	}
	for by := range c.ended {
		if !c.browsers[by].isOver() {
			c.bad("rights", "browser %d still shows what it may not", by)
		}
	}
}

// takenAway: a text that was taken away comes to nobody who asks after that, in
// no entry after it, and stands in no page and no store.
func (c *checker) takenAway() {
	for _, t := range c.taken {
		for _, g := range c.gets {
			if g.over != t.over {
				continue
			}
			if c.asks[g.ask].at > t.at && strings.Contains(g.html.Value(), t.token) {
				a := c.asks[g.ask]
				c.bad("taken away", "browser %d asked for what came after %d (socket: %t), %v after text %d was taken away, and got it with entry %d, %v later",
					a.by, a.after, a.socket, a.at-t.at, t.over, g.n, g.at-a.at)
			}
		}
		for _, f := range c.fresh {
			if strings.Contains(f.page, t.token) {
				c.bad("taken away", "a page holds text %d, which was taken away", t.over)
			}
		}
		for _, e := range c.truth {
			if strings.Contains(e.Text, t.token) || strings.Contains(string(e.HTML), t.token) {
				c.bad("taken away", "the store holds text %d, which was taken away", t.over)
			}
		}
	}
}

// anew: what a browser shows is what it would show if it began anew, by script
// and without.
func (c *checker) anew() {
	for index, f := range c.fresh {
		b := c.browsers[index]
		if !maps.Equal(b.shown, f.shown) {
			for _, n := range slices.Sorted(maps.Keys(f.shown)) {
				if b.shown[n] != f.shown[n] {
					c.bad("anew", "browser %d shows message %d as %q; anew it is %q", index, n, value(b.shown[n]), value(f.shown[n]))
					break
				}
			}
			if len(b.shown) != len(f.shown) {
				c.bad("anew", "browser %d shows %d messages; anew there are %d", index, len(b.shown), len(f.shown))
			}
		}
		page := messagesOf(f.page)
		for _, n := range slices.Sorted(maps.Keys(f.shown)) {
			id := fmt.Sprintf("r%08d", n)
			if got := messagesOf(f.shown[n].Value())[id]; got == "" || got != page[id] {
				c.bad("anew", "message %d is %q to a script and %q in the page", n, got, page[id])
			}
		}
		if len(page) != len(f.shown) {
			c.bad("anew", "the page has %d messages, the script %d", len(page), len(f.shown))
		}
	}
}

func value(h unique.Handle[string]) string {
	if h == (unique.Handle[string]{}) {
		return ""
	}
	return h.Value()
}

// messagesOf gives what each message in the HTML says to everybody: its text
// without what one can do with it.
func messagesOf(page string) map[string]string {
	root, err := html.Parse(strings.NewReader(page))
	all := map[string]string{}
	if err != nil {
		return all
	}
	for n := range root.Descendants() {
		if n.Data == "li" && attr(n, "data-nr") != "" {
			all[attr(n, "id")] = words(n)
		}
	}
	return all
}

func words(n *html.Node) string {
	var all []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			all = append(all, strings.Fields(n.Data)...)
		}
		if n.Data == "a" && strings.Contains(attr(n, "class"), "rs-quiet") {
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(all, " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
