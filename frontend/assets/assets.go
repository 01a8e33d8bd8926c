// Package assets serves the styles, scripts and font that `make front` builds
// into frontend/dist. It stores nothing and imports the standard library and
// the embedded files only.
//
// The built files hold third-party code and are not in the repository, so a
// fresh checkout compiles without them; Load then says what is missing.
package assets

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"ruggespraak/frontend"
)

// Prefix is the path under which the files are served: the addresses in Assets begin with it.
const Prefix = "/assets/"

// ErrNotBuilt is returned by Load when the front end was never built.
var ErrNotBuilt = errors.New("the front end is not built: run «make front» and build again")

// Assets names the addresses of the built files. Every name holds a hash of
// its content, so that a browser may keep it for ever. The zero value makes
// pages without styles.
type Assets struct {
	// CSS is the one style sheet, JS the one script, Font the text font to
	// preload, Icon the mark for a browser's tab.
	CSS  string `json:"css"`
	JS   string `json:"js"`
	Font string `json:"font"`
	Icon string `json:"icon"`
}

// Load reads the manifest. It fails with ErrNotBuilt when there is none.
func Load() (Assets, error) { return load(FS()) }

func load(files fs.FS) (Assets, error) {
	body, err := fs.ReadFile(files, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return Assets{}, ErrNotBuilt
	}
	if err != nil {
		return Assets{}, fmt.Errorf("read the asset manifest: %w", err)
	}
	var a Assets
	if err := json.Unmarshal(body, &a); err != nil {
		return Assets{}, fmt.Errorf("decode the asset manifest: %w", err)
	}
	for _, address := range []string{a.CSS, a.JS, a.Font, a.Icon} {
		if _, err := fs.Stat(files, strings.TrimPrefix(address, Prefix)); err != nil {
			return Assets{}, fmt.Errorf("find an asset of the manifest: %w", err)
		}
	}
	return a, nil
}

// FS holds the built files by the name after Prefix. Beside most files stand
// the same bytes compressed, with .br and .gz after the name.
func FS() fs.FS {
	dist, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		panic(fmt.Sprintf("assets: embedded folder: %v", err)) // the path is a constant
	}
	return dist
}
