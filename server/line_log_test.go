package server

import (
	"context"
	"testing"

	"ruggespraak/internal/clock"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/server/live"
	"ruggespraak/store/storetest"
)

// TestWhoIsThereIsToldWhenItIsKnownToWhom forgets a topic in the moment between
// the coming in of its next follower and the first count: whose contribution it
// is, who must not be seen there, is not known then.
func TestWhoIsThereIsToldWhenItIsKnownToWhom(t *testing.T) {
	ctx, db := context.Background(), storetest.Open(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	house, err := people.New(ctx, people.Options{DB: db, Now: clock.Real, Cost: people.CheapCost})
	must(err)
	author, err := house.Enroll(ctx, people.System(), people.Enrolment{Name: "Annelies Wildeboer", Mail: "an@ruggespraak.example", Roles: []people.Role{people.Coordinator}})
	must(err)
	hall, err := discussion.New(ctx, discussion.Options{DB: db, Accounts: house.Directory, Inbox: house.Inbox, Now: clock.Real, Real: clock.Real,
		Door: func(context.Context, discussion.Topic) (discussion.Admit, error) {
			return func(v people.Viewer) (discussion.Access, error) {
				return discussion.Access{Audience: discussion.Members, Relation: "msg.contrib", Owner: author.ID, Unnamed: true}, nil
			}, nil
		}})
	must(err)
	topic := discussion.TopicOf(discussion.Contribution, "een")
	here, err := hall.SetPresent(ctx, topic, "elsewhere", []discussion.Participant{{Account: author.ID, Role: people.Coordinator}})
	must(err)
	log := newLineLog(Services{Hall: hall, House: house})
	told := func() company { return log.companyOf(string(topic), here, string(discussion.Members)) }
	admit, err := log.door(ctx, string(topic))
	must(err)
	_, err = admit(author.Viewer(people.Coordinator))
	must(err)
	if got := told(); got.Names != nil {
		t.Errorf("members are told of %v", got.Names)
	}
	log.Forget(string(topic))
	if got := told(); got.Names != nil || got.Roles != nil {
		t.Errorf("before anybody came in again members are told of %v", got)
	}
	if got := log.participants(string(topic), []live.Member{{Account: author.ID}}); got != nil {
		t.Errorf("before somebody came in again other instances are told of %v", got)
	}
}
