"""What a person sees in a browser: self-contained HTML pages, without script and without network."""
