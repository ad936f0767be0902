"""Speed and memory of the gate beside the libraries it stands on, as ratios within one run: `python -m bench`."""
