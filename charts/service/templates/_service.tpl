{{- define "service.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  selector: {{- include "service.selector" . | nindent 4 }}
  ports:
    - { name: http, port: 8080, targetPort: http, protocol: TCP, appProtocol: http }
    # gRPC without TLS: HTTP/2 from the first byte.
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
