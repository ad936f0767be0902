"""What machines are given: CKAN's Action API (`ckan`), rows and linked data (`data`). It reads the shelf through the
catalogue and brings what is sent to it to intake; it decides nothing itself."""
