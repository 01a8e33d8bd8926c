package assets

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestLoad(t *testing.T) {
	files := fstest.MapFS{
		"manifest.json": {Data: []byte(`{"css":"/assets/a.css","js":"/assets/a.js","font":"/assets/a.woff2","icon":"/assets/a.svg"}`)},
		"a.css":         {}, "a.js": {}, "a.woff2": {}, "a.svg": {},
	}
	got, err := load(files)
	want := Assets{CSS: "/assets/a.css", JS: "/assets/a.js", Font: "/assets/a.woff2", Icon: "/assets/a.svg"}
	if err != nil || got != want {
		t.Errorf("load() = %+v, %v, want %+v", got, err, want)
	}
}

func TestLoadSaysWhatIsMissing(t *testing.T) {
	if _, err := load(fstest.MapFS{".gitkeep": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("load() of a fresh checkout = %v, want ErrNotBuilt", err)
	}
	half := fstest.MapFS{"manifest.json": {Data: []byte(`{"css":"/assets/gone.css"}`)}}
	if _, err := load(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("load() of half a build = %v, want a missing file", err)
	}
}
