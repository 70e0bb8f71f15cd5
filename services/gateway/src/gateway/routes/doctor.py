"""/api/system/doctor: what is wrong, and what to do about it"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from shared.contracts.gateway.doctor import Diagnosis

from gateway.doctor.examination import Doctor
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system/doctor", tags=["system"], responses=problems())


async def _doctor(request: Request) -> Doctor:
    doctor: Doctor = request.app.state.doctor
    return doctor


DoctorDep = Annotated[Doctor, Depends(_doctor)]


@router.get("", summary="Show what is wrong")
async def get_diagnosis(doctor: DoctorDep) -> Diagnosis:
    """What every check finds, and what to do about it. The states of outside systems are at most one minute old."""
    return await doctor.examine(test_now=False)


@router.post("", summary="Check everything now")
async def examine_now(doctor: DoctorDep) -> Diagnosis:
    """Test every outside system with its credentials, and run every check. Changes nothing."""
    return await doctor.examine(test_now=True)
