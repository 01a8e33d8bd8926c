package app_test

import (
	"testing"

	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/server/mail"
)

// The domain names kinds of mail and server/mail knows what they say: a kind
// without a subject would never leave the house.
func TestEveryKindOfMailHasASubject(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		signals.MailUrgent, signals.MailFlagged, signals.MailReturned, signals.MailClustered,
		signals.MailResubmitted, signals.MailFurther, signals.MailRelease, signals.MailRemoved,
		bundles.NoticeOffered, bundles.NoticeApproved, bundles.NoticeSent, bundles.NoticeNothing, bundles.NoticeWithdrawn,
		bundles.NoticeAnswered, bundles.NoticeFeedback, bundles.NoticeCorrected, bundles.NoticeEffect, bundles.NoticeSilent,
		"uitnodiging",
	} {
		if _, err := mail.Subject(kind); err != nil {
			t.Error(err)
		}
	}
}
