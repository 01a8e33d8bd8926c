package bundles_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/incidents"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store/storetest"
)

// house is the product's inside on a store in memory: two chairs, coordinators
// of as many organisations, SOM members, the secretariat.
type house struct {
	t         testing.TB
	ctx       context.Context
	desk      *bundles.Desk
	book      *signals.Book
	people    *people.House
	projector *outbox.Projector
	clock     *clock.Consultation
	proposed  map[string]string // id: link

	chair, second people.Viewer
	som, som2, tf people.Viewer
	field         []people.Viewer // coordinators, each of another organisation and region
	drafts        int
}

func newHouse(t testing.TB, coordinators int) *house {
	t.Helper()
	ctx := context.Background()
	db := storetest.Open(t)
	start := time.Date(2026, 2, 2, 9, 0, 0, 0, time.UTC)
	real := func() time.Time { return start }
	h := &house{t: t, ctx: ctx, clock: clock.NewConsultation(real), proposed: map[string]string{}}
	queue := must(outbox.OpenQueue(ctx, outbox.QueueOptions{DB: db, Real: real, Now: h.clock.Now, Host: "example.org"}))(t)
	h.people = must(people.New(ctx, people.Options{DB: db, Now: real, Mail: queue}))(t)
	h.projector = must(outbox.NewProjector(ctx, outbox.ProjectorOptions{DB: db, Real: real}))(t)
	g := guard.New(guard.Allow{}, real)
	register := must(incidents.Open(ctx, db, h.people.Directory))(t)
	h.book = must(signals.New(ctx, signals.Options{
		DB: db, Guard: g, Now: h.clock.Now, Real: real, Accounts: h.people.Directory, Inbox: h.people.Inbox, Mail: queue, Incidents: register,
	}))(t)
	h.desk = must(bundles.New(ctx, bundles.Options{
		DB: db, Book: h.book, Guard: g, Accounts: h.people.Directory, Inbox: h.people.Inbox, Mail: queue, Now: h.clock.Now, Real: real,
		Propose: func(_ context.Context, id, _, link string) error { h.proposed[id] = link; return nil },
	}))(t)
	for _, s := range h.book.Sources() {
		h.projector.Add(s, h.book.Handlers())
	}
	for _, s := range h.desk.Sources() {
		h.projector.Add(s, h.desk.Handlers())
	}
	h.chair, h.second = h.account("Ilse Brandsma", people.Chair), h.account("Karin Oudolf", people.Chair)
	h.som, h.som2 = h.account("Joost Hamming", people.SOMMember), h.account("Petra Winkelaar", people.SOMMember)
	h.tf = h.account("Wim Terpstra", people.TaskForce)
	for i := range coordinators {
		h.field = append(h.field, h.account(fmt.Sprintf("Anna Veldkamp%s", letters(i)), people.Coordinator))
	}
	return h
}

// letters writes a number without digits.
func letters(n int) string { return string(rune('a'+n/26)) + string(rune('a'+n%26)) }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (h *house) account(name string, role people.Role) people.Viewer {
	h.t.Helper()
	e := people.Enrolment{Name: name, Mail: plainMail(name) + "@example.org", Roles: []people.Role{role}}
	if role == people.Coordinator {
		e.Organisation = must(h.people.Directory.AddOrganisation(h.ctx, people.System(), organisationOf(name)))(h.t).ID
		e.Region = must(h.people.Directory.AddRegion(h.ctx, people.System(), "Streek "+name[len(name)-2:]))(h.t).ID
	}
	return must(h.people.Enroll(h.ctx, people.System(), e))(h.t).Viewer(role)
}

func organisationOf(name string) string { return "Stichting Voorbeeld " + name[len(name)-2:] }

func plainMail(name string) string {
	b := []byte{}
	for _, c := range []byte(name) {
		if c != ' ' {
			b = append(b, c)
		}
	}
	return string(b)
}

// share hands in a contribution of the coordinator.
func (h *house) share(v people.Viewer, readers signals.Audience) string {
	h.t.Helper()
	h.drafts++
	id, err := h.book.Submit(h.ctx, v, fmt.Sprintf("aaaaaaaaaaaaaaaaaaaaaaaa%s", letters(h.drafts)), signals.Form{
		Kind: signals.Bottleneck, Title: "Tolken ontbreken", Text: "Intake loopt vertraging op doordat tolken ontbreken.",
		Theme: signals.Themes()[0].Slug, Readers: readers, Wait: signals.CanWait,
	})
	if err != nil {
		h.t.Fatalf("Submit: %v", err)
	}
	h.drain()
	return id
}

// recognised is a contribution of the first of these coordinators that the
// others recognise.
func (h *house) recognised(by ...people.Viewer) string {
	h.t.Helper()
	id := h.share(by[0], signals.Members)
	for _, v := range by[1:] {
		h.ok(h.book.Recognise(h.ctx, v, id, signals.NotApproachable))
	}
	return id
}

func (h *house) drain() {
	h.t.Helper()
	h.ok(h.projector.Drain(h.ctx))
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatalf("unexpected error: %v", err)
	}
}

// refuses fails unless err is a fault of this kind.
func (h *house) refuses(what string, err error, kind fault.Kind) {
	h.t.Helper()
	if !fault.Is(err, kind) {
		h.t.Fatalf("%s: got %v (kind %d), want kind %d", what, err, fault.KindOf(err), kind)
	}
}

var goodTexts = bundles.Texts{
	Heading: "Tolken met ervaring zijn moeilijk te vinden",
	See:     "Gesprekken beginnen later doordat er geen tolk is.",
	Effect:  "Slachtoffers vertellen hun verhaal niet.",
	Ask:     "Wil het SOM een beheerder zoeken voor een gedeelde lijst van tolken?",
	To:      "SOM",
}

// draft is a bundle for the body with one written point for each contribution.
func (h *house) draft(body bundles.Body, contributions ...string) string {
	h.t.Helper()
	b, err := h.desk.Begin(h.ctx, h.chair, bundles.NewBundle{
		Addressee: bundles.Addressee{Body: body, Name: "VWS"}, From: "2026-01-01", To: "2026-01-31",
	})
	h.ok(err)
	for _, id := range contributions {
		point, err := h.desk.AddContribution(h.ctx, h.chair, b.Number, id)
		h.ok(err)
		h.ok(h.desk.Write(h.ctx, h.chair, b.Number, point, 0, goodTexts, nil))
	}
	return b.Number
}

// nextFor is the newest bundle for the body.
func (h *house) nextFor(body bundles.Body) string {
	h.t.Helper()
	list, err := h.desk.List(h.ctx, h.chair)
	h.ok(err)
	for _, b := range list {
		if b.Addressee.Body == body {
			return b.Number
		}
	}
	h.t.Fatalf("no bundle for %s", body)
	return ""
}

func (h *house) inspect(number string) *bundles.Inspection {
	h.t.Helper()
	in, err := h.desk.Inspect(h.ctx, h.chair, number)
	h.ok(err)
	return in
}

// approved offers the bundle and lets the second reader approve it.
func (h *house) approved(number string) {
	h.t.Helper()
	h.ok(h.desk.Offer(h.ctx, h.chair, number))
	h.ok(h.desk.Approve(h.ctx, h.second, number, h.inspect(number).Offer.Hash))
}

// sent is a bundle that lies with the body.
func (h *house) sent(body bundles.Body, contributions ...string) string {
	h.t.Helper()
	number := h.draft(body, contributions...)
	h.goOut(number)
	return number
}

func (h *house) goOut(number string) {
	h.t.Helper()
	h.approved(number)
	h.ok(h.desk.Settle(h.ctx, h.chair, number))
	h.ok(h.desk.Send(h.ctx, h.chair, number))
	h.drain()
}

func (h *house) today() bundles.Day { return bundles.DayOf(h.clock.Now()) }

// later moves the consultation's clock.
func (h *house) later(days int) {
	h.clock.SetOffset(h.clock.Offset() + time.Duration(days)*24*time.Hour)
}

func (h *house) answer(number string, n int, kind bundles.AnswerKind, outcome signals.OutcomeKind) {
	h.t.Helper()
	h.ok(h.desk.Record(h.ctx, h.chair, number, n, h.newAnswer(kind, outcome), nil))
	h.drain()
}

func (h *house) newAnswer(kind bundles.AnswerKind, outcome signals.OutcomeKind) bundles.NewAnswer {
	a := bundles.NewAnswer{Kind: kind, Reason: "Dit past bij wat wij al doen.", Established: h.today(), Outcome: signals.Outcome{Kind: outcome}}
	if kind == bundles.PutBefore {
		a.Before = "VWS"
	}
	return a
}

// feedBack writes and publishes the next edition.
func (h *house) feedBack(number string) {
	h.t.Helper()
	h.writeEdition(number)
	p, err := h.desk.Prepare(h.ctx, h.chair, number)
	h.ok(err)
	h.ok(h.publish(number, p.Seen, p.Recipients))
	h.drain()
}

func (h *house) writeEdition(number string) {
	h.t.Helper()
	p, err := h.desk.Prepare(h.ctx, h.chair, number)
	h.ok(err)
	items := map[string]bundles.ItemDraft{}
	for _, it := range p.Items {
		d := bundles.ItemDraft{Gave: "Tolken ontbreken bij gesprekken.", Now: "Het SOM zoekt een beheerder."}
		if it.Answer == nil {
			d.Now, d.More = "", h.today().AddMonths(1)
		}
		items[it.Point] = d
	}
	h.ok(h.desk.SaveEdition(h.ctx, h.chair, number, p.Rev, items, nil))
}

// notices counts the notices of a kind in somebody's inbox.
func (h *house) notices(v people.Viewer, kind string) int {
	h.t.Helper()
	n, after := 0, ""
	for {
		page, next, err := h.people.Inbox.List(h.ctx, v, after)
		h.ok(err)
		for _, x := range page {
			if x.Kind == kind {
				n++
			}
		}
		if next == "" {
			return n
		}
		after = next
	}
}

// publish publishes the next edition, and gives only the error.
func (h *house) publish(number, seen string, recipients int) error {
	_, err := h.desk.Publish(h.ctx, h.chair, number, seen, recipients)
	return err
}
