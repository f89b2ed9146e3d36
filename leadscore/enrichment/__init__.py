"""Enrichment: columns made offline from what a lead's own fields say."""
