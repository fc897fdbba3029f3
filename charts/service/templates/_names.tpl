{{/* All templates take (dict "root" $ "name" <name of the service> "service" <its values>). */}}

{{- define "service.fullname" -}}
{{- printf "%s-%s" .root.Release.Name .name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* Of the Service without an address of its own. */}}
{{- define "service.copiesName" -}}
{{- printf "%s-copies" (include "service.fullname" . | trunc 56 | trimSuffix "-") -}}
{{- end }}

{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/part-of: ecosystem
app.kubernetes.io/version: {{ include "service.tag" . | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
ecosystem/region: {{ .root.Values.region }}
{{- end }}

{{/* Without versions: a new chart alone must not restart anything. */}}
{{- define "service.podLabels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/part-of: ecosystem
ecosystem/region: {{ .root.Values.region }}
{{- end }}

{{- define "service.tag" -}}
{{- .service.image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- end }}

{{- define "service.image" -}}
{{- $repository := .service.image.repository | default (printf "ecosystem/%s" .name) -}}
{{- with .root.Values.image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{- if .service.image.digest -}}
{{ $repository }}@{{ .service.image.digest }}
{{- else -}}
{{ $repository }}:{{ include "service.tag" . }}
{{- end -}}
{{- end }}

{{/* Copies that are there at any time. */}}
{{- define "service.least" -}}
{{- if .service.autoscaling.enabled }}{{ .service.autoscaling.min }}{{ else }}{{ .service.replicas }}{{ end -}}
{{- end }}

{{/* "true" when documents are in a file of this service's volume, which one process at a time may open. */}}
{{- define "service.onVolume" -}}
{{- if and .service.documents (eq .root.Values.store.kind "sqlite") }}true{{ end -}}
{{- end }}

{{/* A service writes backups of its own file; PostgreSQL has its own tools, but may be filled from such a backup. */}}
{{- define "service.usesBackups" -}}
{{- if and .root.Values.backup.claim (or (include "service.onVolume" .) .service.restoreFrom) }}true{{ end -}}
{{- end }}

{{- define "service.kubernetes" -}}
{{- trimPrefix "v" .root.Capabilities.KubeVersion.Version -}}
{{- end }}
