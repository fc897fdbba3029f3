{{- define "service.autoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ include "service.fullname" . }} }
  minReplicas: {{ .service.autoscaling.min }}
  maxReplicas: {{ .service.autoscaling.max }}
  metrics:
    {{- if semverCompare ">=1.27.0-0" (include "service.kubernetes" .) }}
    - type: ContainerResource
      containerResource:
        container: {{ .name }}
        name: cpu
        target: { type: Utilization, averageUtilization: {{ .service.autoscaling.cpuPercent }} }
    {{- else }}
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ .service.autoscaling.cpuPercent }} }
    {{- end }}
  behavior:
    # Up at once, down slowly: a region wakes up faster than it falls asleep.
    scaleUp:
      policies: [{ type: Percent, value: 100, periodSeconds: 30 }]
    scaleDown:
      stabilizationWindowSeconds: 300
      policies: [{ type: Pods, value: 1, periodSeconds: 60 }]
{{- end }}

{{- define "service.disruption" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  {{- if semverCompare ">=1.27.0-0" (include "service.kubernetes" .) }}
  # A copy that does not work anyway must not hold up the drain of a node.
  unhealthyPodEvictionPolicy: AlwaysAllow
  {{- end }}
  selector:
    matchLabels: {{- include "service.selector" . | nindent 6 }}
{{- end }}
