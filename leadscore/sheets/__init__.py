"""Files of rows: workbooks and CSV read into cells, results and starter models written back."""
