{{/* Everything one service consists of. */}}
{{- define "service.objects" -}}
{{- include "service.check" . }}
---
{{ include "service.account" . }}
---
{{ include "service.service" . }}
{{- if not .service.public }}
---
{{ include "service.copies" . }}
{{- end }}
---
{{ include "service.deployment" . }}
{{- if include "service.onVolume" . }}
---
{{ include "service.claim" . }}
{{- end }}
{{- if .service.autoscaling.enabled }}
---
{{ include "service.autoscaler" . }}
{{- end }}
{{- if gt (int (include "service.least" .)) 1 }}
---
{{ include "service.disruption" . }}
{{- end }}
{{- if .root.Values.networkPolicy.enabled }}
---
{{ include "service.network" . }}
{{- end }}
{{- end }}
