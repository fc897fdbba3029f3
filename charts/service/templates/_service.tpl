{{- define "service.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector: {{- include "service.selector" . | nindent 4 }}
  ports: {{- include "service.ports" . | nindent 4 }}
{{- end }}

{{/*
The copies that are ready, each by its own address: callers spread HTTP/2 themselves, because a connection to the Service above stays with the
one pod it was opened to.
*/}}
{{- define "service.copies" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.copiesName" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  clusterIP: None
  selector: {{- include "service.selector" . | nindent 4 }}
  ports: {{- include "service.ports" . | nindent 4 }}
{{- end }}

{{/* gRPC without TLS: HTTP/2 from the first byte. */}}
{{- define "service.ports" -}}
- { name: http, port: 8080, targetPort: http, protocol: TCP, appProtocol: http }
- { name: grpc, port: 8081, targetPort: grpc, protocol: TCP, appProtocol: kubernetes.io/h2c }
{{- end }}

{{- define "service.account" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

{{/* Kept when the release goes: it holds the documents. */}}
{{- define "service.claim" -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
  annotations:
    helm.sh/resource-policy: keep
spec:
  accessModes: [ReadWriteOnce]
  {{- with .root.Values.store.storageClass }}
  storageClassName: {{ . }}
  {{- end }}
  resources: { requests: { storage: {{ .service.storageSize }} } }
{{- end }}
