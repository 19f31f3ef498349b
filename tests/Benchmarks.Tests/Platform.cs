// As what is tested.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
