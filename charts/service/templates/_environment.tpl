{{- define "service.environment" -}}
{{- $v := .root.Values -}}
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- { name: APP_ID, value: {{ .name }} }
- { name: REGION, value: {{ $v.region }} }
- { name: DOTNET_ENVIRONMENT, value: Production }
# Nobody attaches a debugger here, and the socket for it would need a writable file system.
- { name: DOTNET_EnableDiagnostics, value: "0" }
- { name: DOTNET_SHUTDOWNTIMEOUTSECONDS, value: {{ include "service.stop" . | quote }} }
- { name: Drain__Pause, value: {{ printf "00:%02d:%02d" (div .service.shutdown.pause 60) (mod .service.shutdown.pause 60) | quote }} }
- { name: Kestrel__Endpoints__http__Url, value: "http://*:8080" }
- { name: Kestrel__Endpoints__grpc__Url, value: "http://*:8081" }
{{- if and .service.public (or $v.ingress.enabled $v.gatewayApi.enabled) }}
# The ingress is the only one who can reach this port, so what it says of the caller's address is believed.
- { name: ASPNETCORE_FORWARDEDHEADERS_ENABLED, value: "true" }
{{- end }}
- { name: Keycloak__realm, value: {{ $v.identity.realm }} }
- { name: Keycloak__auth-server-url, value: {{ include "service.identity" .root | quote }} }
- { name: Keycloak__resource, value: {{ .name }} }
- { name: Keycloak__ssl-required, value: {{ include "service.sslRequired" .root }} }
- name: Keycloak__credentials__secret
  valueFrom: { secretKeyRef: { name: {{ $v.identity.clientSecrets }}, key: {{ .name | upper | replace "-" "_" }}_CLIENT_SECRET } }
{{- range .service.calls }}
{{- $isPublic := eq (toString (index $v.services .).public) "true" }}
{{- $address := include (ternary "service.fullname" "service.copiesName" $isPublic) (dict "root" $.root "name" .) }}
- { name: services__{{ . }}__http__0, value: "http://{{ $address }}:8080" }
- { name: services__{{ . }}__grpc__0, value: "http://{{ $address }}:8081" }
{{- end }}
{{- if .service.documents }}
{{- if eq $v.store.kind "sqlite" }}
- { name: Storage__Path, value: /data }
{{- else }}
- name: ConnectionStrings__{{ .name }}
  valueFrom: { secretKeyRef: { name: {{ $v.store.connectionSecret }}, key: {{ .name }} } }
{{- end }}
# What was sent since the last backup can be sent again after a restore, whoever made the backup.
- { name: Storage__KeepSentFor, value: {{ $v.backup.keepSentFor | quote }} }
{{- if and $v.backup.claim (include "service.onVolume" .) }}
- { name: Storage__BackupFolder, value: /backup }
- { name: Storage__BackupEvery, value: {{ $v.backup.every | quote }} }
- { name: Storage__BackupsKept, value: {{ $v.backup.kept | quote }} }
{{- end }}
{{- with .service.restoreFrom }}
- { name: Storage__RestoreFrom, value: "/backup/{{ . }}" }
{{- end }}
{{- end }}
{{- if .service.sidecar.enabled }}
- name: DAPR_API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ $v.dapr.apiTokenSecret }}, key: token } }
- name: APP_API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ $v.dapr.appTokenSecret }}, key: token } }
{{- end }}
{{- with include "service.telemetryEndpoint" .root }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
- { name: OTEL_EXPORTER_OTLP_PROTOCOL, value: {{ $v.telemetry.protocol }} }
- { name: OTEL_SERVICE_NAME, value: {{ $.name }} }
- { name: OTEL_RESOURCE_ATTRIBUTES, value: "service.namespace=ecosystem,service.instance.id=$(POD_NAME),ecosystem.region={{ $v.region }},k8s.namespace.name={{ $.root.Release.Namespace }}" }
{{- end }}
{{- range $name, $value := .service.settings }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- range $name, $from := .service.secretSettings }}
- name: {{ $name }}
  valueFrom: { secretKeyRef: { name: {{ $from.secret }}, key: {{ $from.key }} } }
{{- end }}
{{- end }}

{{/* The next three take the root. */}}
{{- define "service.identity" -}}
{{- .Values.identity.url | default (printf "http://%s-keycloak.%s.svc:8080" .Release.Name .Release.Namespace) -}}
{{- end }}

{{- define "service.sslRequired" -}}
{{- if hasPrefix "https://" (include "service.identity" .) }}external{{ else }}none{{ end -}}
{{- end }}

{{- define "service.telemetryEndpoint" -}}
{{- if .Values.telemetry.endpoint }}{{ .Values.telemetry.endpoint -}}
{{- else if .Values.telemetry.collector.enabled }}http://{{ .Release.Name }}-collector:4317
{{- end -}}
{{- end }}
