"""The model workbook: its grids, its vocabulary, and the frozen Model they are parsed into."""
