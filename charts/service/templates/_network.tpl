{{/* Deny by default: who is not named here cannot be reached and cannot call. */}}
{{- define "service.network" -}}
{{- $root := .root -}}
{{- $v := .root.Values -}}
{{- $name := .name -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "service.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- range $caller, $own := $v.services }}
    {{- if and (has $name ($own.calls | default list)) (ne (toString $own.enabled) "false") }}
    - from:
        - podSelector:
            matchLabels: {{- include "service.selector" (dict "root" $root "name" $caller) | nindent 14 }}
      ports: [{ port: 8080, protocol: TCP }, { port: 8081, protocol: TCP }]
    {{- end }}
    {{- end }}
    {{- if .service.public }}
    - {{- with $v.networkPolicy.entry }}
      from: {{- toYaml . | nindent 8 }}
      {{- end }}
      ports: [{ port: 8080, protocol: TCP }, { port: 8081, protocol: TCP }]
    {{- end }}
    {{- if and .service.sidecar.enabled $v.networkPolicy.monitoring }}
    - from: {{- toYaml $v.networkPolicy.monitoring | nindent 8 }}
      ports: [{ port: 9090, protocol: TCP }]
    {{- end }}
    {{- with .service.network.ingress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  egress:
    {{- include "service.dns" . | nindent 4 }}
    {{- range .service.calls }}
    - to:
        - podSelector:
            matchLabels: {{- include "service.selector" (dict "root" $root "name" .) | nindent 14 }}
      ports: [{ port: 8080, protocol: TCP }, { port: 8081, protocol: TCP }]
    {{- end }}
    {{- include "service.egress" (dict "root" $root "bundled" (and $v.keycloak.enabled (not $v.identity.url)) "name" "keycloak" "port" 8080 "external" $v.identity.network) | nindent 4 }}
    {{- if .service.sidecar.enabled }}
    {{- include "service.egress" (dict "root" $root "bundled" $v.rabbitmq.enabled "name" "rabbitmq" "port" 5672 "external" $v.broker.network) | nindent 4 }}
    - to:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: {{ $v.dapr.namespace }} }
    {{- end }}
    {{- if and .service.documents (ne $v.store.kind "sqlite") }}
    {{- include "service.egress" (dict "root" $root "bundled" $v.postgresql.enabled "name" "postgresql" "port" 5432 "external" $v.store.network) | nindent 4 }}
    {{- end }}
    {{- if include "service.telemetryEndpoint" $root }}
    {{- include "service.egress" (dict "root" $root "bundled" (and $v.telemetry.collector.enabled (not $v.telemetry.endpoint)) "name" "collector" "port" 4317 "external" $v.telemetry.network) | nindent 4 }}
    {{- end }}
    {{- with .service.network.egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{- define "service.dns" -}}
- to:
    - namespaceSelector:
        matchLabels: { kubernetes.io/metadata.name: kube-system }
  ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end }}

{{/* One rule to something that is either in this release or at an address: (root, bundled, name, port, external). */}}
{{- define "service.egress" -}}
{{- if .bundled -}}
- to:
    - podSelector:
        matchLabels: {{- include "service.selector" (dict "root" .root "name" .name) | nindent 10 }}
  ports: [{ port: {{ .port }}, protocol: TCP }]
{{- else -}}
- {{- with .external.peers }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
  ports: [{ port: {{ .external.port }}, protocol: TCP }]
{{- end -}}
{{- end }}
