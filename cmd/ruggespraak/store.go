package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ruggespraak/store"
	"ruggespraak/store/mongo"
	"ruggespraak/store/sqlite"
)

// storeFile is the name of the store in the data folder.
const storeFile = "ruggespraak.db"

// open opens the store, and makes the data folder for nobody else to enter.
func (s *storeSettings) open(ctx context.Context) (store.DB, error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	s.settle()
	if isMongo(s.Store) {
		db, err := mongo.Open(ctx, s.Store, mongo.Options{Development: s.Development})
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", redact(s.Store), err)
		}
		return db, nil
	}
	path := strings.TrimPrefix(s.Store, "sqlite:")
	if !s.inMemory() {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("folder of the store: %w", err)
		}
	}
	db, err := sqlite.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", s.Store, err)
	}
	return db, nil
}

// inMemory tells that no other process sees the store.
func (s *storeSettings) inMemory() bool { return s.Store == "sqlite::memory:" }

// wipe removes the demo's folder and, where it stands elsewhere, its store.
func (s *storeSettings) wipe() error {
	path := strings.TrimPrefix(s.Store, "sqlite:")
	all := []error{os.RemoveAll(s.Data)}
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(file); !errors.Is(err, os.ErrNotExist) {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

// journal is what the chair reads after removing a text for good. A SQLite file
// is scrubbed by ourselves; what MongoDB keeps beside its documents is not ours
// to wipe.
func (s *storeSettings) journal() string {
	if !isMongo(s.Store) {
		return ""
	}
	return "De database (MongoDB) houdt een eigen journaal bij. Daarin staat de oude tekst tot de database die overschrijft. " +
		"Vraag de beheerder van de database wanneer dat is, en vraag ook naar reservekopieën."
}
