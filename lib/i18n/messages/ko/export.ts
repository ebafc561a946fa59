/** 표시된 내용을 파일이나 링크로 내보냅니다. */
export const exporting = {
  'export.menu': '내보내기',
  'export.busy': '파일을 만드는 중',
  'export.group.text': '데이터와 텍스트',
  'export.group.share': '공유',
  'export.jsonShown': 'JSON: 표시된 부분',
  'export.jsonWhole': 'JSON: 메시 전체',
  'export.mermaid': 'Mermaid 순서도',
  'export.dot': 'Graphviz DOT',
  'export.link': '이 화면의 링크',
  'export.saved': '{name} 파일로 저장했습니다',
  'export.mermaidLarge':
    'Mermaid는 maxEdges와 maxTextSize를 높이지 않으면 연결선 {edges, number}개, 글자 {characters, number}개까지만 그립니다. 네임스페이스를 접거나 검색해서 더 작은 차트를 만드세요.',
  'export.linkCopied': '이 화면의 링크를 클립보드에 복사했습니다',
  'export.linkPlaces':
    '선택, 검색, 접힌 네임스페이스가 링크에 들어 있습니다. 카드를 끌어다 놓은 위치는 이 브라우저에만 저장됩니다.',
  'export.dismiss': '닫기',
  'export.note.source': '소스 {source}, {time}, 리비전 {revision}',
  'export.problem.X101': '아직 내보낼 내용이 없습니다',
  'export.next.X101': '메시를 다 읽은 뒤에 다시 내보내세요.',
  'export.problem.X102': '파일을 만들지 못했습니다',
  'export.next.X102': '바뀐 것은 없습니다. 다른 형식을 고르거나 메시의 일부만 내보내세요.',
  'export.problem.X104': '브라우저가 클립보드 사용을 허용하지 않습니다',
  'export.next.X104': '아래 링크를 선택해서 복사하세요.',
} as const;
