package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ruggespraak/frontend/nl"
	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/textindex"
	"ruggespraak/knowledge"
	"ruggespraak/knowledge/search"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
)

// What is searched comes from packages that do not know each other, nor the
// search page: this file is what lies between them.

type articleSource struct {
	library *knowledge.Library
	real    clock.Now
}

func (articleSource) Kind() string                 { return textindex.KindArticle }
func (articleSource) Audiences() []search.Audience { return search.Audiences }

func (s articleSource) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	var metas []store.Meta
	for _, d := range standing {
		metas = append(metas, store.Meta{ID: d.ID, Version: 1})
	}
	if err := each(metas); err != nil {
		return err
	}
	return s.library.Written(ctx, since, each)
}

// standing are the pages of the knowledge base that are no article, for everybody.
// Their ids are reserved: no article has them.
var standing = []search.Document{
	{ID: "compensatie", Title: "Schadevergoeding: drie routes naast elkaar", Link: "/kennisbank/compensatie", Note: "Vergelijken", Theme: "compensatie",
		Head: "Strafzaak, civiele rechter en Schadefonds vergelijken.",
		Body: "Per route: voor wie, voorwaarden, kosten, termijn, bewijs, duur, bedrag, voorschot, voordelen en nadelen."},
	{ID: "keuzehulp", Title: "Keuzehulp: welke route naar schadevergoeding eerst?", Link: "/kennisbank/compensatie/keuzehulp", Note: "Keuzehulp", Theme: "compensatie",
		Head: "Beantwoord een paar vragen en zie welke routes u kunt overwegen.",
		Body: "Compensatie kiezen: strafzaak, civiele rechter of Schadefonds. Met de eerste stap, de termijnen en welke advocaat erbij past."},
}

func (s articleSource) Read(ctx context.Context, v people.Viewer, slugs []string) ([]search.Document, error) {
	found, err := s.library.Findable(ctx, v, slugs)
	if err != nil {
		return nil, err
	}
	base := "/kennisbank/"
	if v.ActiveRole() == people.Visitor {
		base = "/openbaar/kennisbank/"
	}
	var docs []search.Document
	for _, d := range standing {
		if slices.Contains(slugs, d.ID) && people.May(v.ActiveRole(), "kb.public", people.Read) {
			docs = append(docs, d)
		}
	}
	for _, a := range found {
		docs = append(docs, search.Document{ID: a.Slug, Title: a.Title, Head: a.Summary, Headings: a.Headings, Body: a.Plain, Tags: []string{a.Category}, Theme: a.Shelf,
			Day: nl.DatumISO(a.Changed), Link: base + a.Slug, Note: a.Category, Marks: articleMarks(a, s.real())})
	}
	return docs, nil
}

// articleMarks are what a reader must know before the text.
func articleMarks(a knowledge.Doc, now time.Time) []string {
	var marks []string
	if a.Unchecked {
		marks = append(marks, "Nog niet gecontroleerd door CoMensha")
	}
	if due, err := time.Parse(time.DateOnly, a.Due); err == nil && a.Expired(now) {
		marks = append(marks, "Had vóór "+nl.Datum(due)+" gecontroleerd moeten zijn")
	}
	return marks
}

type signalSource struct{ book *signals.Book }

func (signalSource) Kind() string { return textindex.KindContribution }
func (signalSource) Audiences() []search.Audience {
	return []search.Audience{search.Members, search.Chair}
}

func (s signalSource) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return s.book.Changed(ctx, since, each)
}

func (s signalSource) Read(ctx context.Context, v people.Viewer, ids []string) ([]search.Document, error) {
	found, err := s.book.Findable(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Document, len(found))
	for i, c := range found {
		theme := signals.ThemeLabel(c.Theme)
		docs[i] = search.Document{ID: c.ID, Title: c.Title, Body: c.Text, Tags: []string{theme}, Theme: c.Theme, Day: c.Day.Format(time.DateOnly),
			Link: signals.Path(c.ID), Note: c.Kind.Label() + " · " + theme}
	}
	return docs, nil
}

type meetingSource struct{ calendar *meetings.Calendar }

func (meetingSource) Kind() string                 { return textindex.KindMeeting }
func (meetingSource) Audiences() []search.Audience { return search.Inside }

func (s meetingSource) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return s.calendar.Changed(ctx, since, each)
}

func (s meetingSource) Read(ctx context.Context, v people.Viewer, ids []string) ([]search.Document, error) {
	found, err := s.calendar.Findable(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Document, len(found))
	for i, m := range found {
		docs[i] = search.Document{ID: m.ID, Title: m.Title, Day: m.Date, Link: "/overleggen/" + m.ID, Note: m.Kind.Label()}
		docs[i].Head, docs[i].Body = meetingText(m)
	}
	return docs, nil
}

// meetingText is the agenda, and what was said and decided.
func meetingText(m *meetings.Seen) (head, body string) {
	var titles, said []string
	for _, item := range m.Items {
		titles = append(titles, item.Title+".")
		if item.Notes != "" {
			said = append(said, item.Notes)
		}
		for _, o := range item.Outcomes {
			said = append(said, o.Kind.Label()+": "+o.Text)
		}
	}
	return strings.Join(titles, " "), strings.Join(said, "\n")
}

type bundleSource struct{ desk *bundles.Desk }

func (bundleSource) Kind() string                 { return textindex.KindBundle }
func (bundleSource) Audiences() []search.Audience { return search.Inside }

func (s bundleSource) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return s.desk.Changed(ctx, since, func(page []bundles.Change) error {
		metas := make([]store.Meta, len(page))
		for i, c := range page {
			metas[i] = c.Meta
		}
		return each(metas)
	})
}

func (s bundleSource) Read(ctx context.Context, v people.Viewer, numbers []string) ([]search.Document, error) {
	found, err := s.desk.Findable(ctx, v, numbers)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Document, len(found))
	for i, r := range found {
		var heads, texts []string
		for _, p := range r.Points {
			heads = append(heads, p.Heading)
			texts = append(texts, p.See, p.Effect, p.Ask)
		}
		docs[i] = search.Document{ID: r.Number, Title: "Bundel " + r.Number + " voor " + r.Addressee.Label(), Head: strings.Join(heads, " · "),
			Body: strings.Join(append(texts, r.Reason), "\n"), Day: string(r.Sent), Link: "/bundels/" + r.Number, Note: nl.Aantal(len(r.Points), "punt", "punten")}
	}
	return docs, nil
}

type feedbackSource struct{ desk *bundles.Desk }

func (feedbackSource) Kind() string                 { return textindex.KindFeedback }
func (feedbackSource) Audiences() []search.Audience { return search.Inside }

// Changed gives every edition of a bundle that changed.
func (s feedbackSource) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return s.desk.Changed(ctx, since, func(page []bundles.Change) error {
		var metas []store.Meta
		for _, c := range page {
			for n := range c.Editions {
				metas = append(metas, store.Meta{ID: fmt.Sprintf("%s/%d", c.ID, n+1), Version: c.Version})
			}
		}
		return each(metas)
	})
}

func (s feedbackSource) Read(ctx context.Context, v people.Viewer, ids []string) ([]search.Document, error) {
	var docs []search.Document
	for _, id := range ids {
		number, edition, _ := strings.Cut(id, "/")
		n, err := strconv.Atoi(edition)
		if err != nil {
			return nil, fmt.Errorf("edition %q: %w", id, err)
		}
		f, err := s.desk.ReadFeedback(ctx, v, number, n)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, feedbackDocument(id, f))
	}
	return docs, nil
}

func feedbackDocument(id string, f *bundles.Feedback) search.Document {
	d := search.Document{ID: id, Title: "Terugkoppeling over bundel " + f.Number + " voor " + f.Addressee.Label(), Body: f.Changed,
		Day: string(f.Day), Link: "/terugkoppeling/" + id, Note: nl.Aantal(len(f.Items), "punt", "punten")}
	var heads, texts []string
	for _, i := range f.Items {
		heads = append(heads, i.Heading)
		texts = append(texts, i.Gave, i.Now)
		if i.Answer != nil {
			texts = append(texts, i.Answer.Reason)
		}
	}
	if f.Corrected != "" {
		d.Marks = append(d.Marks, "Gecorrigeerd")
		return d
	}
	d.Head, d.Body = strings.Join(heads, " · "), strings.Join(texts, "\n")
	return d
}
