{{/* The name of the release, which begins the name of everything. */}}
{{- define "gapless.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The labels of everything. part-of is also the job of the metrics, which the alert rules name. */}}
{{- define "gapless.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
app.kubernetes.io/name: gapless
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: gapless
{{- end -}}

{{/* The labels that select pods. Call with (list $ "component"). */}}
{{- define "gapless.selector" -}}
app.kubernetes.io/name: gapless
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 | quote }}
{{- end -}}

{{/* The prefix of the Secrets with the keys. */}}
{{- define "gapless.keys" -}}
{{- .Values.keys.existingPrefix | default (printf "%s-keys" (include "gapless.fullname" .)) -}}
{{- end -}}

{{/* HOST:PORT of Postgres and NATS. */}}
{{- define "gapless.postgres" -}}
{{- if eq .Values.profile "small" -}}{{ include "gapless.fullname" . }}-postgres:5432{{- else -}}{{ .Values.outside.postgres }}{{- end -}}
{{- end -}}
{{- define "gapless.nats" -}}
{{- if eq .Values.profile "small" -}}{{ include "gapless.fullname" . }}-nats:4222{{- else -}}{{ .Values.outside.nats }}{{- end -}}
{{- end -}}

{{/* An image of this project. Call with (list $ "repository"). */}}
{{- define "gapless.image" -}}
{{- printf "%s:%s" (index . 1) ((index . 0).Values.image.tag | default (index . 0).Chart.AppVersion) | quote -}}
{{- end -}}

{{/* What every container may not do. */}}
{{- define "gapless.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Pods that run as the user of the services. Call with (list $ seccompProfile). */}}
{{- define "gapless.podSecurity" -}}
runAsNonRoot: true
{{ toYaml (index . 0).Values.podSecurityContext }}
seccompProfile: {{ index . 1 | toJson }}
{{- end -}}

{{/* The value of a setting as a text of the environment. A number would otherwise be written as 1e+06. */}}
{{- define "gapless.text" -}}
{{- if kindIs "string" . -}}{{ . | quote }}{{- else -}}{{ toJson . | quote }}{{- end -}}
{{- end -}}

{{/* A claim. Call with the values that have size, storageClass and, optionally, accessMode. */}}
{{- define "gapless.claim" -}}
accessModes: [{{ .accessMode | default "ReadWriteOnce" }}]
{{- if .storageClass }}
storageClassName: {{ .storageClass | quote }}
{{- end }}
resources: {requests: {storage: {{ .size | quote }}}}
{{- end -}}
