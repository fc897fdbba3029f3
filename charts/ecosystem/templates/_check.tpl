{{/* What a schema cannot say. Each sentence tells what to change. */}}
{{- define "ecosystem.check" -}}
{{- $v := .Values -}}
{{- if not $v.region -}}
{{- fail "region is empty. Set it to the name of the region that this release serves, e.g. --set region=ruhr, or use a file of charts/ecosystem/regions." -}}
{{- end -}}
{{- if not (or $v.identity.url $v.keycloak.enabled) -}}
{{- fail "identity.url is empty and keycloak.enabled is false, so no token could be checked. Set identity.url to the address of your Keycloak, e.g. https://id.example.org, or keycloak.enabled to true for an evaluation." -}}
{{- end -}}
{{- if and $v.postgresql.enabled (ne $v.store.kind "postgresql") -}}
{{- fail (printf "postgresql.enabled is true, but store.kind is %s, so nobody would use it. Set store.kind to postgresql or postgresql.enabled to false." $v.store.kind) -}}
{{- end -}}
{{- if and $v.ingress.enabled (not (and $v.ingress.host $v.ingress.grpcHost)) -}}
{{- fail "ingress.enabled is true, but ingress.host or ingress.grpcHost is empty. Set both: REST and gRPC have a host each." -}}
{{- end -}}
{{- if and $v.gatewayApi.enabled (not (and $v.gatewayApi.host $v.gatewayApi.grpcHost $v.gatewayApi.parents)) -}}
{{- fail "gatewayApi.enabled is true, but gatewayApi.host, gatewayApi.grpcHost or gatewayApi.parents is empty. Set both hosts and the Gateway that the routes join." -}}
{{- end -}}
{{- if and (or $v.monitoring.monitors $v.monitoring.alerts) (not (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1")) -}}
{{- fail "monitoring.monitors and monitoring.alerts need the Prometheus operator (monitoring.coreos.com/v1), which this cluster does not have. Install it, or set both to false. With helm template, add --api-versions monitoring.coreos.com/v1." -}}
{{- end -}}
{{- if and (or $v.ingress.enabled $v.gatewayApi.enabled) (not (include "ecosystem.door" .)) -}}
{{- fail "ingress or gatewayApi is enabled, but no enabled service is public. Set public: true on the gateway." -}}
{{- end -}}
{{- if and (or $v.ingress.enabled $v.gatewayApi.enabled) $v.networkPolicy.enabled (not $v.networkPolicy.entry) -}}
{{- fail "networkPolicy.entry is empty, so anybody in the cluster could pretend to be your ingress. Name who may reach the gateway, e.g. networkPolicy.entry[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name=ingress-nginx." -}}
{{- end -}}
{{- end }}

{{/* Name of the service that the ingress leads to. */}}
{{- define "ecosystem.door" -}}
{{- range $name, $own := .Values.services -}}
{{- if and $own.public (ne (toString $own.enabled) "false") }}{{ $name }}{{ end -}}
{{- end -}}
{{- end }}

{{/* Labels of what belongs to the release and to no service: (dict "root" $ "name" ...). */}}
{{- define "ecosystem.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: ecosystem
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
ecosystem/region: {{ .root.Values.region }}
{{- end }}

{{/* Names of the enabled services whose value under the path "sidecar" or "documents" is on, as a JSON list: (root, what). */}}
{{- define "ecosystem.with" -}}
{{- $names := list -}}
{{- range $name, $own := .root.Values.services -}}
{{- $service := mergeOverwrite (deepCopy $.root.Values.service) (deepCopy $own) -}}
{{- $on := ternary $service.sidecar.enabled $service.documents (eq $.what "sidecar") -}}
{{- if and $service.enabled (or $on (eq $.what "any")) }}{{ $names = append $names $name }}{{ end -}}
{{- end -}}
{{- toJson $names -}}
{{- end }}
