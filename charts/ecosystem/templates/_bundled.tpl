{{/* What bundled servers have in common. All take (dict "root" $ "name" ... ). */}}

{{- define "bundled.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "bundled.container" -}}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: {{ .readOnly | default false }}
  capabilities: { drop: [ALL] }
{{- end }}

{{- define "bundled.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels: {{- include "ecosystem.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector: {{- include "service.selector" . | nindent 4 }}
  ports: [{ name: {{ .portName }}, port: {{ .port }}, targetPort: {{ .portName }}, protocol: TCP }]
{{- end }}

{{/* callers: names of services. */}}
{{- define "bundled.network" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels: {{- include "ecosystem.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "service.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels: { app.kubernetes.io/instance: {{ .root.Release.Name }} }
            matchExpressions: [{ key: app.kubernetes.io/name, operator: In, values: {{ toJson .callers }} }]
      ports: [{ port: {{ .port }}, protocol: TCP }]
    {{- with .ingress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  egress:
    {{- with .egress }}
    {{- toYaml . | nindent 4 }}
    {{- else }}
    {{- include "service.dns" . | nindent 4 }}
    {{- end }}
{{- end }}
