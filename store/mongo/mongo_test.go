package mongo_test

import (
	"testing"

	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

func TestStore(t *testing.T) {
	open, excused := storetest.Mongo(t)
	storetest.Run(t, func(t *testing.T) store.DB { return open(t) }, excused...)
}

func TestRandomOperations(t *testing.T) {
	open, excused := storetest.Mongo(t)
	letters := storetest.Letters
	if len(excused) > 0 {
		letters = storetest.PlainLetters // all that a stand-in sorts as it should
	}
	storetest.Compare(t, letters, storetest.InMemory, open)
}
