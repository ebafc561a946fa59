/** Findings: title, what is wrong, and what to do next. */
export const findings = {
  'finding.MD101.title': '참조 대상 없음',
  'finding.MD101.message': '여기에 지정된 {target}이(가) 존재하지 않습니다.',
  'finding.MD101.next':
    '참조가 해석될 때까지 컨트롤러는 이 객체 전체를 반영하지 않습니다. {target}을(를) 만들거나 다른 객체를 지정하세요.',
  'finding.MD102.title': '다른 메시를 가리키는 참조',
  'finding.MD102.message': '{target}은(는) 다른 메시에 속합니다.',
  'finding.MD102.next': '객체는 같은 메시의 구성원만 참조할 수 있습니다. 이 메시의 구성원을 지정하세요.',
  'finding.MD103.title': '속한 메시 없음',
  'finding.MD103.message': '이 객체의 meshRef가 클러스터의 어떤 Mesh와도 이름과 uid가 일치하지 않습니다.',
  'finding.MD103.next':
    'Mesh가 다시 만들어졌거나 객체 생성 시 webhook이 동작하지 않았습니다. 객체를 삭제한 뒤 다시 적용하세요.',
  'finding.MD104.title': '빈 참조',
  'finding.MD104.message': '{path}에 참조도 ARN도 없습니다.',
  'finding.MD104.next': 'App Mesh API는 빈 이름을 거부합니다. 둘 중 하나를 지정하세요.',
  'finding.MD105.title': '참조와 ARN 중복',
  'finding.MD105.message': '{path}에 참조와 ARN이 모두 있으며 ARN이 우선합니다.',
  'finding.MD105.next': '의도하지 않은 쪽을 지우세요.',
  'finding.MD106.title': '맞지 않는 ARN',
  'finding.MD106.message': '“{arn}”은(는) 이 필드가 가리키는 종류의 ARN이 아닙니다.',
  'finding.MD106.next':
    'ARN은 mesh/MESH/TYPE/NAME으로 끝나며, 이 필드는 한 종류만 받습니다. 고치거나 로컬 객체를 지정하세요.',
  'finding.MD107.title': 'provider 없는 서비스',
  'finding.MD107.message': '{hostname}에 provider가 없어 호출이 실패합니다.',
  'finding.MD107.next': 'VirtualRouter나 VirtualNode를 provider로 지정하거나 서비스를 삭제하세요.',
  'finding.MD110.title': '객체를 읽을 수 없음',
  'finding.MD110.message': '{path}: {problem}',
  'finding.MD110.next': '객체는 그대로 두고 있는 그대로 표시합니다. kubectl edit으로 필드를 고치세요.',
  'finding.MD201.title': '가중치 합계 100 초과',
  'finding.MD201.message':
    '라우트 {route}의 가중치 합계가 {total}입니다. App Mesh API 문서의 최댓값은 100입니다.',
  'finding.MD201.next':
    '비율은 합계를 기준으로 계산됩니다. 합계가 100이 되도록 설정하면 퍼센트로 읽을 수 있습니다.',
  'finding.MD202.title': '모든 가중치가 0',
  'finding.MD202.message': '라우트 {route}은(는) 어디로도 트래픽을 보내지 않습니다.',
  'finding.MD202.next': '하나 이상의 대상에 0보다 큰 가중치를 지정하세요.',
  'finding.MD203.title': '유형이 하나가 아닌 라우트',
  'finding.MD203.message': '라우트 {route}에 라우트 본문이 없거나 여러 개입니다.',
  'finding.MD203.next': 'httpRoute, http2Route, grpcRoute, tcpRoute 중 하나만 남기세요.',
  'finding.MD204.title': '라우트 없는 라우터',
  'finding.MD204.message': '이 라우터에는 라우트가 없어 모든 요청이 실패합니다.',
  'finding.MD204.next': '라우트를 추가하거나 서비스를 노드에 연결하세요.',
  'finding.MD205.title': '중복된 대상',
  'finding.MD205.message': '라우트 {route}에 {target}이(가) 두 번 이상 지정되어 있습니다.',
  'finding.MD205.next': '하나의 대상으로 합치세요.',
  'finding.MD206.title': '도달하지 않는 라우트',
  'finding.MD206.message': '라우트 {route}이(가) 받을 모든 요청을 {by}이(가) 먼저 받습니다.',
  'finding.MD206.next': '{route}의 priority 숫자를 낮추거나 {by}의 범위를 좁히세요.',
  'finding.MD303.title': '두 번 허용됨',
  'finding.MD303.message': '{service}은(는) 이 노드의 항목이며, 그룹 {group}에도 있습니다.',
  'finding.MD303.next': '하나면 충분합니다. 둘 다 있는 동안 항목을 철회해도 달라지지 않습니다.',
  'finding.MD305.title': '화이트리스트가 모두에게 적용되지 않음',
  'finding.MD305.message':
    '메시가 모두 허용합니다(ALLOW_ALL). 노드 {all, number}개 중 {open, number}개는 목록이 없어 모든 것에 도달합니다.',
  'finding.MD305.next':
    '호출하는 것을 목록에 넣은 뒤 egress 필터를 DROP_ALL로 바꾸세요. Backends의 Egress 필터 탭에서 달라지는 것을 볼 수 있습니다.',
  'finding.MD306.title': '적용되지 않는 백엔드 그룹',
  'finding.MD306.message':
    '이 노드는 {groups}을(를) 사용하지만 컨트롤러가 --enable-backend-groups 없이 실행 중이어서 그룹이 아무것도 허용하지 않습니다.',
  'finding.MD306.next':
    '컨트롤러를 플래그와 함께 시작하거나(차트 값 enableBackendGroups: true), 서비스를 노드의 backends에 나열하세요.',
  'finding.MD307.title': '다른 서비스를 뜻하는 그룹 멤버',
  'finding.MD307.message':
    '멤버 {member}에 네임스페이스가 없어 {node}{more, plural, =0 {} other { (외 #개)}}에서는 {expected}이(가) 아니라 {meant}을(를) 뜻합니다.',
  'finding.MD307.next': '그룹의 멤버에 네임스페이스를 적으세요.',
  'finding.MD308.title': 'App Mesh 한도를 넘는 backend 수',
  'finding.MD308.message': '그룹을 포함한 유효 backend가 {count, number}개이며 한도는 {max, number}개입니다.',
  'finding.MD308.next':
    '한도를 올리지 않으면 컨트롤 플레인이 노드를 거부합니다. 호출하지 않는 것을 철회하거나 한도를 올리세요.',
  'finding.MD309.title': '서버가 먼저 말하는 프로토콜',
  'finding.MD309.message':
    '포트 {port, number, ::group-off}의 {protocol}에서는 서버가 먼저 말하며, {node}{more, plural, =0 {} other { 외 #개 노드}}이(가) backend로 두고 있습니다.',
  'finding.MD309.next':
    'App Mesh는 이런 서비스를 메시에 두지 않도록 권합니다. 연결이 멈출 수 있습니다. 호출하는 pod의 annotation appmesh.k8s.aws/egressIgnoredPorts로 포트를 프록시 밖으로 보내고 backend를 철회하세요.',
  'finding.MD310.title': '화이트리스트 규칙 위반',
  'finding.MD310.message':
    '규칙 {rule}은(는) 이 노드가 {service}에 도달하지 못하게 하지만 backends가 허용합니다{hops, plural, one {} other { ({first}을(를) 거쳐 호출 #번 거리)}}.{because, select, none {} other { {because}}}',
  'finding.MD310.next': 'backend를 철회하거나, --policy로 지정한 파일의 규칙을 바꾸세요.',
  'finding.MD311.title': '호출이 돌아올 수 있음',
  'finding.MD311.message':
    '{count, plural, =1 {{names}이(가) 자신을 호출할 수 있습니다} other {노드 #개가 서로 돌아가며 호출할 수 있습니다: {names}}}{more, plural, =0 {} other { 외 #개}}.',
  'finding.MD311.next':
    '의도한 경우가 많습니다. 아니라면 요청이 순환할 수 있으니, 되돌아가는 backend를 철회하세요.',
  'finding.MD401.title': '준비된 파드 없는 대상',
  'finding.MD401.message':
    '{target}은(는) 라우트 {route}의 트래픽을 받지만 준비된 파드가 없습니다(전체 {total}개).',
  'finding.MD401.next': '파드를 준비 상태로 만들거나 가중치를 0으로 설정하세요.',
  'finding.MD402.title': '프록시 없는 파드',
  'finding.MD402.message': '파드 {total}개 중 {without}개가 Envoy 없이 실행되어 메시를 우회합니다.',
  'finding.MD402.next': '네임스페이스의 주입 레이블을 확인한 뒤 파드를 다시 시작하세요.',
  'finding.MD501.title': '컨트롤러가 문제를 보고함',
  'finding.MD501.message': '{message}',
  'finding.MD501.next': '해결될 때까지 마지막으로 수락된 상태가 있으면 그 상태가 유지됩니다.',
  'finding.MD502.title': '응답 없는 컨트롤 플레인',
  'finding.MD502.message': '변경 사항은 클러스터에 저장되지만 프록시에는 전달되지 않습니다.',
  'finding.MD502.next':
    'AWS는 2026-09-30에 App Mesh를 종료했습니다. 후속 메시로 옮길 계획을 세우세요. 프록시는 다시 시작할 때까지 마지막으로 받은 설정을 유지합니다.',
  'finding.MD503.title': '아직 반영되지 않음',
  'finding.MD503.message': 'generation {generation}이(가) 1분 넘게 대기 중입니다.',
  'finding.MD503.next': '컨트롤러가 실행 중인지, 로그에 무엇이 있는지 확인하세요.',
  'finding.MD510.title': '컨트롤 플레인의 내용이 다름',
  'finding.MD510.message': '여기에 선언된 내용과 App Mesh API의 버전 {version}이(가) 다릅니다: {fields}.',
  'finding.MD510.next':
    '클러스터 밖에서 변경되었거나 컨트롤러가 쓰지 못했습니다. 객체가 바뀌거나 다음 재동기화 때 컨트롤러가 다시 씁니다.',
  'finding.MD511.title': '컨트롤 플레인에 없음',
  'finding.MD511.message': '{arn}(으)로 수락된 적이 있지만 App Mesh API에 없습니다.',
  'finding.MD511.next':
    '클러스터 밖에서 삭제되었습니다. 지금 시작하는 프록시는 이를 찾지 못합니다. 객체를 변경하거나 컨트롤러를 다시 시작하면 다시 만들어집니다.',
  'finding.MD512.title': '이 클러스터 밖의 리소스',
  'finding.MD512.message': 'App Mesh API에 {name}이(가) 있지만 이 클러스터의 어떤 객체도 선언하지 않습니다.',
  'finding.MD512.next':
    'ECS, EC2 또는 다른 클러스터의 것이거나 남겨진 것입니다. 의도한 것이 아니면 API로 삭제하세요: {arn}.',
  'finding.MD601.title': '선언되지 않은 트래픽',
  'finding.MD601.message':
    '이 기간에 {to}(으)로 요청 {requests, number}건이 있었지만 이 경로는 선언되어 있지 않습니다.',
  'finding.MD601.next':
    '{egress, select, deny {egress가 거부되어 있으므로 프록시가 현재 선언을 반영하면 이 호출은 실패합니다.} other {egress가 허용되어 있으므로 이런 호출은 라우터와 가중치를 거치지 않을 수 있습니다.}} {caller, select, gateway {GatewayRoute를 추가하거나 누가 아직 보내는지 확인하세요.} other {서비스를 backends에 추가하거나 누가 아직 호출하는지 확인하세요.}}',
  'finding.MD602.title': '선언과 다른 트래픽 분배',
  'finding.MD602.message':
    '라우트 {route}은(는) {target}에 {declaredShare, number, ::percent .#}을(를) 주지만, 측정값은 요청 {count, number}건 중 {observedShare, number, ::percent .#}입니다(95 % 신뢰 구간 {low, number, ::percent .#}–{high, number, ::percent .#}).',
  'finding.MD602.next':
    '프록시가 가중치를 반영했는지, 재시도나 outlier detection이 요청을 옮기는지, 라우트를 거치지 않고 노드를 호출하는 곳이 있는지 확인하세요.',
  'finding.MD603.title': '임계값을 넘은 fault',
  'finding.MD603.message':
    '요청 {requests, number}건 중 fault(5xx)가 {faultRatio, number, ::percent .##}로 {limit, number, ::percent .##}를 넘습니다. 근거: {evidence, select, xray {X-Ray(표본 요청)} other {CloudWatch}}.',
  'finding.MD603.next':
    'fault가 있는 트레이스, 파드, 호출 대상을 확인하세요. 최근에 트래픽을 옮겨 왔다면 되돌리세요.',
  'finding.MD604.title': '느림: 임계값을 넘은 p99',
  'finding.MD604.message':
    'p99가 {p99Ms, number, ::precision-integer} ms로 {limitMs, number, ::precision-integer} ms를 넘습니다. 근거: {evidence, select, xray {X-Ray(표본 요청)} other {CloudWatch}}.',
  'finding.MD604.next':
    '가장 느린 트레이스를 확인하세요. 임계값이 이 객체에 맞지 않으면 meshdeck.dev/health 어노테이션에 따로 지정하세요.',
  'finding.MD605.title': '가중치가 있지만 받은 요청이 없는 대상',
  'finding.MD605.message':
    '{target}은(는) 라우트 {route}에서 가중치 {weight}({declaredShare, number, ::percent .#})이지만 요청 {count, number}건 중 하나도 받지 않았습니다.',
  'finding.MD605.next': '파드가 준비되어 상태 검사에 응답하는지, 프록시가 가중치를 반영했는지 확인하세요.',
  'finding.MD610.title': '읽을 수 없는 자체 임계값',
  'finding.MD610.message': 'meshdeck.dev/health 어노테이션이 적용되지 않습니다: {problem}',
  'finding.MD610.next':
    '\'{"p99Ms": {"degraded": 300, "failing": 1000}}\'처럼 쓰고 faultRatio, errorRatio(0~1), p99Ms 중에서 지정하세요.',
} as const;
