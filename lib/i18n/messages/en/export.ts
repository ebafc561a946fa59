/** Files and links of what is shown. */
export const exporting = {
  'export.menu': 'Export',
  'export.busy': 'Making the file',
  'export.group.text': 'Data and text',
  'export.group.share': 'Share',
  'export.jsonShown': 'JSON: what is shown',
  'export.jsonWhole': 'JSON: the whole mesh',
  'export.mermaid': 'Mermaid flowchart',
  'export.dot': 'Graphviz DOT',
  'export.link': 'Link to this view',
  'export.saved': 'Saved as {name}',
  'export.mermaidLarge':
    'Mermaid draws at most {edges, number} edges and {characters, number} characters unless maxEdges and maxTextSize are raised. Collapse namespaces or search for a smaller chart.',
  'export.linkCopied': 'The link to this view is on the clipboard',
  'export.linkPlaces':
    'It holds what is selected, searched and collapsed. Where cards were dragged to is remembered in this browser only.',
  'export.dismiss': 'Dismiss',
  'export.note.source': 'Source {source}, {time}, revision {revision}',
  'export.problem.X101': 'There is nothing to export yet',
  'export.next.X101': 'Wait until the mesh is read, then export again.',
  'export.problem.X102': 'The file could not be made',
  'export.next.X102': 'Nothing was changed. Try another format, or a smaller part of the mesh.',
  'export.problem.X104': 'The browser does not let the console use the clipboard',
  'export.next.X104': 'Select the link below and copy it.',
} as const;
