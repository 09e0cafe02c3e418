"""From a plan and a brand to the bytes of a file: `pptx` and `docx`, and `pdf` with `pdfblocks` and
`pdfslide`. No clock and no files inside.
"""
