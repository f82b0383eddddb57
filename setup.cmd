@echo off
rem Called by run.cmd and test.cmd with what to prepare and the options of uv: installs what is missing, once.
rem %1 is run or test; a prepared folder is known by a copy of uv.lock that equals it.
set "WANT=%1"
set "OPTIONS=%2 %3"
echo Preparing the program; this happens once and takes a few minutes. 1>&2
set "UV=uv"
where uv >nul 2>nul && goto have_uv
set "UV=py -m uv"
py -m uv --version >nul 2>nul && goto have_uv
py -m pip install --user --quiet uv 1>&2 && goto have_uv
rem The quotes belong to the value: a person's name may hold a space.
set UV="%LOCALAPPDATA%\Microsoft\WinGet\Links\uv.exe"
winget install --exact --silent --accept-package-agreements --accept-source-agreements --id astral-sh.uv 1>&2
if exist %UV% goto have_uv
echo Python was not found. Please install Python 3.13 from the Microsoft Store and start again; nothing is lost. 1>&2
exit /b 1
:have_uv
%UV% sync --project "%HERE%." --frozen --compile-bytecode --system-certs %OPTIONS% 1>&2
if errorlevel 1 (
    echo The libraries could not be fetched, see above. Nothing is lost: start again when the network is there. 1>&2
    exit /b 1
)
"%HERE%.venv\Scripts\python.exe" "%HERE%resources\translations\build.py" 1>&2 || exit /b 1
copy /y "%HERE%uv.lock" "%HERE%.venv\prepared-run.lock" >nul || exit /b 1
if "%WANT%"=="test" copy /y "%HERE%uv.lock" "%HERE%.venv\prepared-test.lock" >nul
exit /b 0
