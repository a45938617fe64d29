//! The variables of the service, with their defaults: what `form-api --help` prints.

use clap::Args;

/// Every variable, as text. [`super::Config::check`] reads them.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Adresse publique, `hôte:port` ; le port 0 en choisit un libre
    #[arg(long, global = true, env = "ML_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Port public : remplace celui de ML_LISTEN
    #[arg(long, global = true, env = "PORT")]
    pub port: Option<String>,
    /// Adresse de /healthz et /readyz, à garder privée, ou « off »
    #[arg(long, global = true, env = "ML_ADMIN_LISTEN", default_value = "off")]
    pub admin_listen: String,
    /// Dossier du site construit
    #[arg(long, global = true, env = "ML_SITE_DIR", default_value = "dist")]
    pub site_dir: String,
    /// Base des dossiers à envoyer, « sqlite://chemin » ou « postgres://… »
    #[arg(
        long,
        global = true,
        env = "ML_DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite://var/outbox.db"
    )]
    pub database_url: String,
    /// Dossier des fichiers en cours de réception, chiffrés et sans nom ; par défaut celui de la base SQLite, ou le dossier temporaire du système
    #[arg(long, global = true, env = "ML_SPOOL_DIR")]
    pub spool_dir: Option<String>,
    /// Clés de chiffrement « nom:base64 » de 32 octets, la première sert à chiffrer ; sinon un fichier de clé est créé à côté de la base
    #[arg(long, global = true, env = "ML_KEYS", hide_env_values = true)]
    pub keys: Option<String>,
    /// Fichier qui contient ML_KEYS
    #[arg(long, global = true, env = "ML_KEYS_FILE")]
    pub keys_file: Option<String>,
    /// Relais : smtps://, smtp+starttls:// ou, sur la machine seulement, smtp+plain:// ; sinon les courriels sont écrits dans ML_MAILBOX
    #[arg(long, global = true, env = "ML_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Fichier qui contient ML_SMTP_URL
    #[arg(long, global = true, env = "ML_SMTP_URL_FILE")]
    pub smtp_url_file: Option<String>,
    /// Dossier où les courriels sont écrits quand il n'y a pas de relais
    #[arg(long, global = true, env = "ML_MAILBOX", default_value = "var/mailbox")]
    pub mailbox: String,
    /// Adresse d'expédition ; nécessaire avec un relais
    #[arg(long, global = true, env = "ML_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Boîte de chaque commission, « 93=boite@exemple.fr,… » ; nécessaire avec un relais
    #[arg(long, global = true, env = "ML_ROUTES")]
    pub routes: Option<String>,
    /// Qui est prévenu quand un envoi attend une personne
    #[arg(long, global = true, env = "ML_ALERT_TO")]
    pub alert_to: Option<String>,
    /// Origine publique du site, pour les liens des courriels, « https://… » ; par défaut l'adresse d'écoute
    #[arg(long, global = true, env = "ML_PUBLIC_ORIGIN")]
    pub public_origin: Option<String>,
    /// Nombre de mandataires (proxies) de confiance devant le service
    #[arg(long, global = true, env = "ML_TRUSTED_HOPS", default_value = "0")]
    pub trusted_hops: String,
    /// Envois acceptés par client et par période
    #[arg(long, global = true, env = "ML_RATE", default_value = "20/10m")]
    pub rate: String,
    /// Attentes entre deux tentatives d'envoi ; la dernière se répète sans fin
    #[arg(
        long,
        global = true,
        env = "ML_RETRY_SCHEDULE",
        default_value = "30s,2m,5m,15m,30m,1h"
    )]
    pub retry_schedule: String,
    /// Durée maximale d'une étape SMTP
    #[arg(long, global = true, env = "ML_SMTP_STEP_TIMEOUT", default_value = "60s")]
    pub smtp_step_timeout: String,
    /// Durée maximale de l'envoi du corps et de sa réponse
    #[arg(long, global = true, env = "ML_SMTP_DATA_TIMEOUT", default_value = "600s")]
    pub smtp_data_timeout: String,
    /// Durée pendant laquelle une tentative réserve un message
    #[arg(long, global = true, env = "ML_LEASE", default_value = "15m")]
    pub lease: String,
    /// Temps laissé pour finir à l'arrêt
    #[arg(long, global = true, env = "ML_DRAIN_DEADLINE", default_value = "20s")]
    pub drain_deadline: String,
    /// Temps minimal entre l'affichage du formulaire et son envoi
    #[arg(long, global = true, env = "ML_MIN_FILL_TIME", default_value = "3s")]
    pub min_fill_time: String,
    /// Durée de validité d'une page de formulaire ouverte
    #[arg(long, global = true, env = "ML_TOKEN_LIFE", default_value = "48h")]
    pub token_life: String,
    /// Durée pendant laquelle la page de confirmation se relit
    #[arg(long, global = true, env = "ML_RECEIPT_LIFE", default_value = "24h")]
    pub receipt_life: String,
    /// Nombre maximal de fichiers joints
    #[arg(long, global = true, env = "ML_FILES_MAX", default_value = "10")]
    pub files_max: String,
    /// Taille maximale d'un fichier
    #[arg(long, global = true, env = "ML_FILE_SIZE", default_value = "5MB")]
    pub file_size: String,
    /// Taille maximale de tous les fichiers
    #[arg(long, global = true, env = "ML_FILES_SIZE", default_value = "20MB")]
    pub files_size: String,
    /// Taille maximale d'une requête, au-delà de laquelle elle est coupée
    #[arg(long, global = true, env = "ML_MAX_BODY", default_value = "60MB")]
    pub max_body: String,
    /// Attente maximale sans recevoir un octet
    #[arg(long, global = true, env = "ML_UPLOAD_IDLE", default_value = "30s")]
    pub upload_idle: String,
    /// Durée maximale d'une requête
    #[arg(long, global = true, env = "ML_UPLOAD_DEADLINE", default_value = "10m")]
    pub upload_deadline: String,
    /// Nombre de formulaires reçus en même temps
    #[arg(long, global = true, env = "ML_UPLOADS", default_value = "8")]
    pub uploads: String,
    /// Nombre de courriels envoyés en même temps
    #[arg(long, global = true, env = "ML_SENDERS", default_value = "4")]
    pub senders: String,
    /// Taille maximale d'un courriel encodé, au-delà de laquelle il est coupé en plusieurs
    #[arg(long, global = true, env = "ML_MAIL_SIZE", default_value = "9500KB")]
    pub mail_size: String,
    /// Accusés envoyés par jour à une même adresse
    #[arg(long, global = true, env = "ML_RECEIPTS_A_DAY", default_value = "3")]
    pub receipts_a_day: String,
    /// Compléments acceptés pour un même dossier
    #[arg(long, global = true, env = "ML_COMPLEMENTS", default_value = "10")]
    pub complements: String,
    /// Antivirus clamd : « off », « unix:/chemin » ou « tcp://hôte:port »
    #[arg(long, global = true, env = "ML_CLAMD", default_value = "off")]
    pub clamd: String,
    /// Durée maximale de l'analyse d'un fichier
    #[arg(long, global = true, env = "ML_CLAMD_TIMEOUT", default_value = "30s")]
    pub clamd_timeout: String,
    /// Durée pendant laquelle un dossier attend l'antivirus ; ensuite il part, et dit que ses fichiers ne sont pas analysés
    #[arg(long, global = true, env = "ML_CLAMD_MAX_WAIT", default_value = "10m")]
    pub clamd_max_wait: String,
    /// Durée de conservation d'un dossier après sa remise à la commission ; ce qui n'est pas remis est toujours gardé
    #[arg(long, global = true, env = "ML_RETENTION", default_value = "30d")]
    pub retention: String,
    /// Durée de conservation du journal des envois, sans donnée personnelle
    #[arg(long, global = true, env = "ML_LEDGER_RETENTION", default_value = "1095d")]
    pub ledger_retention: String,
    /// Temps entre deux passages de l'effacement
    #[arg(long, global = true, env = "ML_PURGE_INTERVAL", default_value = "1h")]
    pub purge_interval: String,
    /// Base des dossiers, sous le nom que les plateformes emploient : passe avant ML_DATABASE_URL
    #[arg(long, global = true, env = "OUTBOX_URL", hide_env_values = true)]
    pub outbox_url: Option<String>,
    /// Origine du site des guides quand il est chez un hébergeur statique : la seule autre qui puisse envoyer ici
    #[arg(long, global = true, env = "ML_SITE_ORIGIN")]
    pub site_origin: Option<String>,
    /// Place à garder libre sur le disque de la base ; au-dessous, rien n'est accepté
    #[arg(long, global = true, env = "ML_MIN_FREE", default_value = "256MiB")]
    pub min_free: String,
}
