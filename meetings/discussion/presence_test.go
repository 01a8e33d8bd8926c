package discussion_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

func TestPresence(t *testing.T) {
	b := newBench(t)
	participant := func(v people.Viewer) discussion.Participant {
		return discussion.Participant{Account: v.Account, Role: v.ActiveRole()}
	}
	note := func(instance string, who ...people.Viewer) {
		var here []discussion.Participant
		for _, v := range who {
			here = append(here, participant(v))
		}
		_, err := b.hall.SetPresent(b.ctx, topic, instance, here)
		b.must(err)
	}
	want := func(a discussion.Access, audience discussion.Audience, want discussion.Company) {
		t.Helper()
		p, err := b.hall.Present(b.ctx, topic)
		b.must(err)
		if diff := cmp.Diff(want, p.For(audience, a)); diff != "" {
			t.Errorf("presence for %s (-want +got):\n%s", audience, diff)
		}
	}
	note("one", b.ann, b.bob, b.som)
	note("two", b.bob, b.chair)
	want(discussion.Access{}, discussion.Members, discussion.Company{Names: []string{"Annelies Wildeboer", "Bob Kanarie", "Vera Voorzitter"}, Roles: []discussion.RoleCount{{"SOM-lid", 1}}})
	want(discussion.Access{}, discussion.SOM, discussion.Company{Roles: []discussion.RoleCount{{"SOM-lid", 1}, {"Voorzitter", 1}, {"Zorgcoördinator", 2}}})

	unnamed := discussion.Access{Owner: b.bob.Account, Unnamed: true}
	want(unnamed, discussion.Members, discussion.Company{Names: []string{"Annelies Wildeboer", "Vera Voorzitter"}, Roles: []discussion.RoleCount{{"SOM-lid", 1}}})
	want(unnamed, discussion.SOM, discussion.Company{Roles: []discussion.RoleCount{{"SOM-lid", 1}, {"Voorzitter", 1}, {"Zorgcoördinator", 1}}})

	note("one")
	want(discussion.Access{}, discussion.Members, discussion.Company{Names: []string{"Bob Kanarie", "Vera Voorzitter"}})
	b.must(b.hall.Absent(b.ctx, "two"))
	want(discussion.Access{}, discussion.Members, discussion.Company{})

	note("one", b.ann)
	b.later = 31 * time.Second
	want(discussion.Access{}, discussion.Members, discussion.Company{})
}
