// Installs and starts Debian's programs and the private PostgreSQL, which is there for Linux only.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
