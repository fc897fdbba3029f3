{{/* What a schema cannot say. Each sentence tells what to change. */}}
{{- define "service.check" -}}
{{- $s := .service -}}
{{- if and (include "service.onVolume" .) (or $s.autoscaling.enabled (gt (int $s.replicas) 1)) -}}
{{- fail (printf "services.%s shall run more than once, but its documents are in one SQLite file (store.kind: sqlite), which one process may open. Set services.%s.replicas to 1 and its autoscaling.enabled to false, or set store.kind to postgresql." .name .name) -}}
{{- end -}}
{{- if and $s.autoscaling.enabled (lt (int $s.autoscaling.max) (int $s.autoscaling.min)) -}}
{{- fail (printf "services.%s.autoscaling.max (%d) is below its min (%d). Set max to at least min." .name (int $s.autoscaling.max) (int $s.autoscaling.min)) -}}
{{- end -}}
{{- if and $s.autoscaling.enabled (not (dig "requests" "cpu" "" $s.resources)) -}}
{{- fail (printf "services.%s.autoscaling needs services.%s.resources.requests.cpu: the percentage is counted from it." .name .name) -}}
{{- end -}}
{{- range $called := $s.calls -}}
{{- if not (hasKey ($.root.Values.services | default dict) $called) -}}
{{- fail (printf "services.%s.calls names \"%s\", which is no service. The services are: %s." $.name $called (keys $.root.Values.services | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- range $called := $s.calls -}}
{{- if eq (toString (dig $called "enabled" true $.root.Values.services)) "false" -}}
{{- fail (printf "services.%s.calls names \"%s\", which does not run in this region. Take it out of services.%s.calls, or set services.%s.enabled to true." $.name $called $.name $called) -}}
{{- end -}}
{{- end -}}
{{- if and $s.restoreFrom (not $.root.Values.backup.claim) -}}
{{- fail (printf "services.%s.restoreFrom names a backup, but backup.claim does not say in which volume it is." .name) -}}
{{- end -}}
{{- if and $s.restoreFrom (gt (int (include "service.least" .)) 1) -}}
{{- fail (printf "services.%s.restoreFrom fills an empty store, which only one copy can do. Set services.%s.replicas to 1 and its autoscaling.enabled to false until it has started once, then take restoreFrom out." .name .name) -}}
{{- end -}}
{{- end }}
