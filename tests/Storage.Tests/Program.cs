using Ecosystem.Storage.Tests;

// Started by crash tests only: dotnet Ecosystem.Storage.Tests.dll write <file>. Test runners load the assembly instead.
return args is ["write", var file] ? await CrashingWriter.RunAsync(file) : 2;
