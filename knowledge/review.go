package knowledge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// remindBefore are the days before a check at which its owner is reminded, the
// last first.
var remindBefore = []int{0, 7, 30}

// soon is how long before its day an article stands in «Klopt nog?», in days.
const soon = 30

// Confirm notes that the viewer, who looks after the article, found that it
// still holds: it must be checked again after as long as its kind may go.
func (l *Library) Confirm(ctx context.Context, v people.Viewer, slug string) error {
	return l.change(ctx, v, slug, people.Act, func(a *Article) error {
		if !owns(v, a.Owner) && v.ActiveRole() != people.Chair {
			return fault.New(fault.Forbidden, "Alleen de eigenaar van dit artikel en de voorzitter kunnen dit bevestigen.")
		}
		if a.Unchecked {
			return fault.New(fault.Conflict, "Twee mensen met de rol van voorzitter moeten dit artikel eerst goedkeuren.")
		}
		l.date(a, v.Account)
		return nil
	})
}

// Due lists what must be checked within thirty days or earlier, the first day
// first: to a member what he or she looks after, to the chair everything.
func (l *Library) Due(ctx context.Context, v people.Viewer) ([]Line, error) {
	if err := people.Allow(v, relOwn, people.List); err != nil {
		return nil, err
	}
	until := l.today().AddDate(0, 0, soon).Format(time.DateOnly)
	lines, err := l.listed(ctx, v, func(_ string, r row) bool {
		return r.Due != "" && r.Due <= until && (owns(v, r.Owner) || v.ActiveRole() == people.Chair)
	})
	slices.SortStableFunc(lines, func(a, b Line) int { return strings.Compare(a.Due, b.Due) })
	return lines, err
}

// RemindReview tells owners what must be checked in 30 and 7 days, and what is
// due: a job, run every day. Articles of one owner with the same day share one
// notice, and each is given once.
func (l *Library) RemindReview(ctx context.Context) error {
	today := l.today()
	until := today.AddDate(0, 0, soon+1).Format(time.DateOnly)
	rows, err := l.rows(ctx, store.Query{Order: orderDue, From: "0", To: until})
	if err != nil {
		return err
	}
	counted := map[[2]string]int{} // articles by owner and day
	for _, r := range rows {
		counted[[2]string{r.Row.Owner, r.Row.Due}]++
	}
	for who, n := range counted {
		if err := l.remind(ctx, who[0], who[1], n, today); err != nil {
			return err
		}
	}
	return nil
}

func (l *Library) remind(ctx context.Context, owner, due string, n int, today time.Time) error {
	day, err := time.Parse(time.DateOnly, due)
	if err != nil {
		return fmt.Errorf("day of a check %q: %w", due, err)
	}
	left := int(day.Sub(today).Hours() / 24)
	stage := slices.IndexFunc(remindBefore, func(d int) bool { return left <= d })
	if stage < 0 {
		return nil
	}
	to, err := l.carers(ctx, owner)
	if err != nil {
		return err
	}
	for _, account := range to {
		key := []string{"review", due, fmt.Sprint(remindBefore[stage])}
		if err := l.tell(ctx, account, key, NoticeReview, reminder(n, left), "/kennisbank/klopt-nog"); err != nil {
			return err
		}
	}
	return nil
}

func reminder(n, left int) string {
	what := fmt.Sprintf("%d artikelen in de kennisbank nog kloppen.", n)
	if n == 1 {
		what = "een artikel in de kennisbank nog klopt."
	}
	switch {
	case left <= 0:
		return "Kijk vandaag of " + what
	case left == 1:
		return "Kijk vóór morgen of " + what
	default:
		return fmt.Sprintf("Kijk binnen %d dagen of %s", left, what)
	}
}
