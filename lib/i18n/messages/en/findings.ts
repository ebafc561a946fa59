/** Findings: title, what is wrong, and what to do next. */
export const findings = {
  'finding.MD101.title': 'Reference to nothing',
  'finding.MD101.message': '{target} is named here and does not exist.',
  'finding.MD101.next':
    'The controller holds the whole object back until the reference resolves. Create {target}, or name another object.',
  'finding.MD102.title': 'Reference into another mesh',
  'finding.MD102.message': '{target} belongs to another mesh.',
  'finding.MD102.next':
    'An object may only name members of its own mesh. Name a member of this mesh instead.',
  'finding.MD103.title': 'Belongs to no mesh',
  'finding.MD103.message': 'The meshRef of this object names no Mesh of the cluster by name and uid.',
  'finding.MD103.next':
    'The Mesh was recreated, or the webhook was away when the object was made. Delete the object and apply it again.',
  'finding.MD104.title': 'Empty reference',
  'finding.MD104.message': '{path} names neither a reference nor an ARN.',
  'finding.MD104.next': 'The App Mesh API refuses an empty name. Set one of the two.',
  'finding.MD105.title': 'Reference and ARN',
  'finding.MD105.message': '{path} names both a reference and an ARN; the ARN wins.',
  'finding.MD105.next': 'Remove the one that is not meant.',
  'finding.MD106.title': 'Unfit ARN',
  'finding.MD106.message': '“{arn}” is not the ARN of what this field names.',
  'finding.MD106.next':
    'An ARN ends in mesh/MESH/TYPE/NAME, and the field takes one type. Correct it, or name a local object.',
  'finding.MD107.title': 'Service without provider',
  'finding.MD107.message': '{hostname} has no provider, so calls to it fail.',
  'finding.MD107.next': 'Set a VirtualRouter or a VirtualNode as its provider, or delete the service.',
  'finding.MD110.title': 'Object cannot be read',
  'finding.MD110.message': '{path}: {problem}',
  'finding.MD110.next': 'The object is left alone and shown as it is. Correct the field with kubectl edit.',
  'finding.MD201.title': 'Weights total more than 100',
  'finding.MD201.message':
    'The weights of route {route} total {total}; the App Mesh API documents at most 100.',
  'finding.MD201.next':
    'Shares are taken of the total. Set weights that make 100, so that they read as percent.',
  'finding.MD202.title': 'All weights are zero',
  'finding.MD202.message': 'Route {route} sends nothing anywhere.',
  'finding.MD202.next': 'Give at least one target a weight above 0.',
  'finding.MD203.title': 'Route without one type',
  'finding.MD203.message': 'Route {route} has no route body, or several.',
  'finding.MD203.next': 'Keep exactly one of httpRoute, http2Route, grpcRoute and tcpRoute.',
  'finding.MD204.title': 'Router without routes',
  'finding.MD204.message': 'This router has no routes, so every request fails.',
  'finding.MD204.next': 'Add a route, or point the service at a node.',
  'finding.MD205.title': 'Target named twice',
  'finding.MD205.message': 'Route {route} names {target} more than once.',
  'finding.MD205.next': 'Merge the two into one target.',
  'finding.MD206.title': 'Route never reached',
  'finding.MD206.message': 'Everything route {route} would take is taken by {by} before it.',
  'finding.MD206.next': 'Give {route} a smaller priority number, or narrow {by}.',
  'finding.MD303.title': 'Allowed twice',
  'finding.MD303.message': '{service} is an entry of this node, and the group {group} names it, too.',
  'finding.MD303.next': 'One of the two does. As long as both are there, revoking the entry changes nothing.',
  'finding.MD305.title': 'The whitelist does not hold for all',
  'finding.MD305.message':
    'The mesh allows all (ALLOW_ALL): {open, number} of {all, number} nodes list nothing and reach everything.',
  'finding.MD305.next':
    'List what they call, then set the egress filter to DROP_ALL; the Egress filter tab of Backends tells what that changes.',
  'finding.MD306.title': 'Backend groups are not in force',
  'finding.MD306.message':
    'This node uses {groups}, and the controller runs without --enable-backend-groups: the groups let nothing through.',
  'finding.MD306.next':
    'Start the controller with the flag (chart value enableBackendGroups: true), or list the services among the backends of the node.',
  'finding.MD307.title': 'Group member means another service',
  'finding.MD307.message':
    'Member {member} has no namespace, so that for {node}{more, plural, =0 {} other { (and # more)}} it is {meant}, and not {expected}.',
  'finding.MD307.next': 'Write the namespace into the member, in the group.',
  'finding.MD308.title': 'More backends than App Mesh takes',
  'finding.MD308.message': '{count, number} effective backends, groups included; the quota is {max, number}.',
  'finding.MD308.next':
    'The control plane refuses the node unless the quota was raised. Revoke what is not called, or raise the quota.',
  'finding.MD309.title': 'The server speaks first',
  'finding.MD309.message':
    '{protocol} at port {port, number, ::group-off} lets the server speak first, and {node}{more, plural, =0 {} other { and # more}} {more, plural, =0 {lists} other {list}} it as a backend.',
  'finding.MD309.next':
    'App Mesh advises against such services in the mesh: connections may hang. Take the port past the proxy (annotation appmesh.k8s.aws/egressIgnoredPorts of the calling pods) and revoke the backend.',
  'finding.MD310.title': 'A rule for the whitelist is broken',
  'finding.MD310.message':
    'Rule {rule} keeps {service} from this node, and its backends let it through{hops, plural, one {} other { over {first}, # calls away}}.{because, select, none {} other { {because}}}',
  'finding.MD310.next': 'Revoke the backend, or change the rule: it is in the file given with --policy.',
  'finding.MD311.title': 'Calls may go round',
  'finding.MD311.message':
    '{count, plural, one {{names} may call itself} other {# nodes may call each other round: {names}}}{more, plural, =0 {} other { and # more}}.',
  'finding.MD311.next':
    'Often meant. If not, a loop of requests is possible: revoke the backend that leads back.',
  'finding.MD401.title': 'Target without ready pods',
  'finding.MD401.message': '{target} takes traffic of route {route} and has no ready pod ({total} in all).',
  'finding.MD401.next': 'Bring its pods up, or set its weight to 0.',
  'finding.MD402.title': 'Pods without the proxy',
  'finding.MD402.message': '{without} of {total} pods run without Envoy and bypass the mesh.',
  'finding.MD402.next': 'Check the injection label of the namespace, then restart the pods.',
  'finding.MD501.title': 'The controller reports a problem',
  'finding.MD501.message': '{message}',
  'finding.MD501.next': 'What was accepted last, if anything, stays in force until this is solved.',
  'finding.MD502.title': 'The control plane is silent',
  'finding.MD502.message': 'Changes are stored in the cluster; proxies do not receive them.',
  'finding.MD502.next':
    'AWS ended App Mesh on 2026-09-30. Plan the way to a successor; proxies keep what they last received until they restart.',
  'finding.MD503.title': 'Not taken yet',
  'finding.MD503.message': 'Generation {generation} has waited for more than a minute.',
  'finding.MD503.next': 'See whether the controller runs, and its log.',
  'finding.MD510.title': 'The control plane holds something else',
  'finding.MD510.message':
    'What is declared here and version {version} of it in the App Mesh API differ in: {fields}.',
  'finding.MD510.next':
    'It was changed outside the cluster, or the controller could not write it. The controller writes it again when the object changes, or at its next resync.',
  'finding.MD511.title': 'Not held by the control plane',
  'finding.MD511.message': 'It was accepted once as {arn}, and the App Mesh API does not hold it.',
  'finding.MD511.next':
    'It was deleted outside the cluster; proxies that start now do not find it. Change the object or restart the controller, and it is made again.',
  'finding.MD512.title': 'Outside this cluster',
  'finding.MD512.message': 'The App Mesh API holds {name}, and no object of this cluster declares it.',
  'finding.MD512.next':
    'It belongs to ECS, EC2 or another cluster, or was left over. If it is not meant, delete it through the API: {arn}.',
  'finding.MD601.title': 'Traffic that nothing declares',
  'finding.MD601.message':
    '{requests, plural, one {# request} other {# requests}} to {to} in this window, and nothing declares that way.',
  'finding.MD601.next':
    '{egress, select, deny {With egress denied, these calls fail once the proxy takes what is declared now.} other {With egress allowed, such calls may pass by routers and weights.}} {caller, select, gateway {Add a GatewayRoute, or find out who still sends.} other {Add the service to the backends, or find out who still calls it.}}',
  'finding.MD602.title': 'Traffic is not split as declared',
  'finding.MD602.message':
    'Route {route} gives {target} {declaredShare, number, ::percent .#}; measured is {observedShare, number, ::percent .#} of {count, plural, one {# request} other {# requests}} (95 % sure: {low, number, ::percent .#} to {high, number, ::percent .#}).',
  'finding.MD602.next':
    'See whether the proxies took the weights, whether retries or outlier detection move requests, and whether somebody calls the node past the route.',
  'finding.MD603.title': 'Faults above the threshold',
  'finding.MD603.message':
    '{faultRatio, number, ::percent .##} faults (5xx) of {requests, plural, one {# request} other {# requests}}, above {limit, number, ::percent .##}. Told by {evidence, select, xray {X-Ray, of sampled requests} other {CloudWatch}}.',
  'finding.MD603.next':
    'Look at its traces with faults, its pods and what it calls. If a route was shifted to it lately, shift back.',
  'finding.MD604.title': 'Slow: p99 above the threshold',
  'finding.MD604.message':
    'p99 is {p99Ms, number, ::precision-integer} ms, above {limitMs, number, ::precision-integer} ms. Told by {evidence, select, xray {X-Ray, of sampled requests} other {CloudWatch}}.',
  'finding.MD604.next':
    'Look at its slowest traces. If the threshold does not fit this object, set its own in the annotation meshdeck.dev/health.',
  'finding.MD605.title': 'Target with weight gets nothing',
  'finding.MD605.message':
    '{target} has weight {weight} ({declaredShare, number, ::percent .#}) in route {route} and got none of {count, plural, one {# request} other {# requests}}.',
  'finding.MD605.next':
    'See whether its pods are ready and answer their health checks, and whether the proxies took the weights.',
  'finding.MD610.title': 'Own thresholds cannot be read',
  'finding.MD610.message': 'The annotation meshdeck.dev/health is not in force: {problem}',
  'finding.MD610.next':
    'Write it like \'{"p99Ms": {"degraded": 300, "failing": 1000}}\', with any of faultRatio, errorRatio (0 to 1) and p99Ms.',
} as const;
