"""Programs that measure: `make bench-pages`, `make bench-search`, `make screens`. They print, and write to build/."""
