{{- define "service.deployment" -}}
{{- $v := .root.Values -}}
{{- $s := .service -}}
{{- $kubernetes := include "service.kubernetes" . -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "service.fullname" . }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  {{- if not $s.autoscaling.enabled }}
  replicas: {{ $s.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  minReadySeconds: 5
  progressDeadlineSeconds: 600
  strategy:
    {{- if include "service.onVolume" . }}
    type: Recreate
    {{- else }}
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
    {{- end }}
  selector:
    matchLabels: {{- include "service.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "service.podLabels" . | nindent 8 }}
      annotations:
        {{- /* Secrets are not ours to read; kubectl rollout restart follows their rotation (docs/operators.md). */}}
        checksum/settings: {{ toYaml $s.settings | sha256sum | trunc 16 | quote }}
        {{- if $s.sidecar.enabled }}
        {{- include "service.sidecar" . | nindent 8 }}
        {{- end }}
        {{- with $s.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "service.fullname" . }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with $v.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- with $s.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- /* The service's own stop, and then the sidecar's. */}}
      terminationGracePeriodSeconds: {{ add (include "service.stop" .) 15 }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 1654
        runAsGroup: 1654
        fsGroup: 1654
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile: { type: RuntimeDefault }
      topologySpreadConstraints:
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - topologyKey: {{ . }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "service.selector" $ | nindent 14 }}
          {{- if semverCompare ">=1.27.0-0" $kubernetes }}
          matchLabelKeys: [pod-template-hash]
          {{- end }}
        {{- end }}
      {{- with $s.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $s.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "service.image" . | quote }}
          imagePullPolicy: {{ $v.image.pullPolicy }}
          ports:
            - { name: http, containerPort: 8080, protocol: TCP }
            - { name: grpc, containerPort: 8081, protocol: TCP }
          env: {{- include "service.environment" . | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          resources: {{- toYaml $s.resources | nindent 12 }}
          {{- /* A service listens once its store is open, checked and brought up to date; five minutes for a long ledger. */}}
          startupProbe:
            httpGet: { path: /alive, port: http }
            periodSeconds: 2
            timeoutSeconds: 3
            failureThreshold: 150
          readinessProbe:
            httpGet: { path: /health, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 3
          livenessProbe:
            httpGet: { path: /alive, port: http }
            periodSeconds: 10
            timeoutSeconds: 3
            failureThreshold: 6
          volumeMounts:
            - { name: scratch, mountPath: /tmp }
            {{- if include "service.onVolume" . }}
            - { name: data, mountPath: /data }
            {{- end }}
            {{- if include "service.usesBackups" . }}
            - { name: backup, mountPath: /backup, subPath: {{ .name }} }
            {{- end }}
      volumes:
        - name: scratch
          emptyDir: { sizeLimit: 64Mi }
        {{- if include "service.onVolume" . }}
        - name: data
          persistentVolumeClaim: { claimName: {{ include "service.fullname" . }} }
        {{- end }}
        {{- if include "service.usesBackups" . }}
        - name: backup
          persistentVolumeClaim: { claimName: {{ $v.backup.claim }} }
        {{- end }}
{{- end }}

{{/* The sidecar goes on until the service has told what it still has to tell, and no longer than its grace. */}}
{{- define "service.sidecar" -}}
{{- $s := .service -}}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .name }}
dapr.io/app-port: "8080"
dapr.io/app-protocol: http
dapr.io/config: {{ .root.Release.Name }}-dapr
dapr.io/api-token-secret: {{ .root.Values.dapr.apiTokenSecret }}
dapr.io/app-token-secret: {{ .root.Values.dapr.appTokenSecret }}
dapr.io/enable-app-health-check: "true"
dapr.io/app-health-check-path: /health
dapr.io/app-health-probe-interval: "5"
dapr.io/app-health-threshold: "3"
dapr.io/block-shutdown-duration: {{ printf "%ss" (include "service.stop" .) | quote }}
dapr.io/graceful-shutdown-seconds: "10"
dapr.io/disable-builtin-k8s-secret-store: "true"
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
dapr.io/log-as-json: "true"
dapr.io/sidecar-cpu-request: {{ $s.sidecar.resources.requests.cpu }}
dapr.io/sidecar-memory-request: {{ $s.sidecar.resources.requests.memory }}
dapr.io/sidecar-memory-limit: {{ $s.sidecar.resources.limits.memory }}
{{- end }}

{{/* Seconds until a service has certainly stopped: it answers for up to three pauses while requests still come, then finishes what is under way. */}}
{{- define "service.stop" -}}
{{- add (mul 3 .service.shutdown.pause) .service.shutdown.drain -}}
{{- end }}
